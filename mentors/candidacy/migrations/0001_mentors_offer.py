import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import mats_portal.web.codes


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cohorts", "0005_mentors_have_a_date"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Candidacy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=mats_portal.web.codes.new_code, editable=False, max_length=16, unique=True
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("sent", "Waiting for a decision"),
                            ("withdrawn", "Withdrawn"),
                            ("accepted", "Seats given"),
                            ("declined", "No seats this time"),
                        ],
                        default="sent",
                        max_length=10,
                    ),
                ),
                ("stream_name", models.CharField(max_length=120)),
                ("agenda", models.CharField(max_length=120)),
                ("viewpoint", models.CharField(blank=True, max_length=60)),
                ("plan", models.TextField()),
                ("seats_asked", models.PositiveSmallIntegerField()),
                ("hours", models.PositiveSmallIntegerField()),
                ("sent_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("seats_given", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("word", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="candidacies", to="cohorts.cohort"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="candidacies",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "stream",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="candidacy",
                        to="cohorts.stream",
                    ),
                ),
                (
                    "track",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="candidacies",
                        to="cohorts.track",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "candidacies",
                "ordering": ("sent_at", "id"),
            },
        ),
        migrations.CreateModel(
            name="CandidacyTie",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("family", "Family or partner"),
                            ("friend", "Close friend"),
                            ("colleague", "Works or worked closely with me"),
                            ("co_author", "Co-author"),
                            ("student", "My student or employee"),
                            ("referee", "I recommended them"),
                            ("other", "Another tie"),
                        ],
                        max_length=12,
                    ),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "candidacy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ties", to="candidacy.candidacy"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="candidacy_ties",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CoMentor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("email", models.EmailField(max_length=254)),
                (
                    "candidacy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="co_mentors", to="candidacy.candidacy"
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="Rating",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("value", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("seats", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("comment", models.TextField(blank=True)),
                ("rated_at", models.DateTimeField(blank=True, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "candidacy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ratings", to="candidacy.candidacy"
                    ),
                ),
                (
                    "expert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ratings", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ("asked_at", "id"),
            },
        ),
        migrations.AddConstraint(
            model_name="candidacy",
            constraint=models.UniqueConstraint(fields=("cohort", "person"), name="one_candidacy_per_person_and_cohort"),
        ),
        migrations.AddConstraint(
            model_name="candidacy",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats_asked__gte", 1), ("seats_asked__lte", 30)), name="a_candidacy_asks_for_seats"
            ),
        ),
        migrations.AddConstraint(
            model_name="candidacy",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["sent", "withdrawn", "accepted", "declined"])),
                name="candidacy_in_a_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidacy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at__isnull", False),
                        ("seats_given__isnull", False),
                        ("state__in", ("accepted", "declined")),
                    ),
                    models.Q(models.Q(("state__in", ("accepted", "declined")), _negated=True), ("decided_at", None)),
                    _connector="OR",
                ),
                name="a_decided_candidacy_has_its_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidacy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "accepted"), _negated=True), ("seats_given__gte", 1), _connector="OR"
                ),
                name="an_accepted_candidacy_has_seats",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidacy",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("state", "declined"), _negated=True), ("seats_given", 0), _connector="OR"),
                name="a_declined_one_has_none",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidacytie",
            constraint=models.UniqueConstraint(fields=("candidacy", "person"), name="one_tie_per_person_and_candidacy"),
        ),
        migrations.AddConstraint(
            model_name="comentor",
            constraint=models.UniqueConstraint(fields=("candidacy", "email"), name="one_co_mentor_of_an_address"),
        ),
        migrations.AddConstraint(
            model_name="comentor",
            constraint=models.CheckConstraint(
                condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                name="co_mentor_email_is_lower_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.UniqueConstraint(
                fields=("candidacy", "expert"), name="one_rating_per_expert_and_candidacy"
            ),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("rated_at", None), ("value", None)),
                    models.Q(("rated_at__isnull", False), ("value__gte", 1), ("value__lte", 5)),
                    _connector="OR",
                ),
                name="a_rating_is_one_to_five",
            ),
        ),
    ]
