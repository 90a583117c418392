import django.contrib.postgres.constraints
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import mats_portal.web.codes


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS btree_gist", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Cohort",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=60, unique=True)),
                ("name", models.CharField(max_length=100, unique=True)),
                ("site", models.CharField(blank=True, help_text="Where the in-person phase is.", max_length=100)),
                ("welcome", models.TextField(blank=True, help_text="What the public page says of this cohort.")),
                ("scholar_noun", models.CharField(default="scholar", max_length=30)),
                ("zone", models.CharField(default="Etc/GMT+12", max_length=64, verbose_name="official time zone")),
                ("seats", models.PositiveSmallIntegerField(default=60, help_text="The ceiling over all streams.")),
                ("max_preferences", models.PositiveSmallIntegerField(default=20)),
                ("is_public", models.BooleanField(default=False, help_text="Whether the public page can be seen.")),
                ("is_synthetic", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "ordering": ("-created_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="Track",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100)),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tracks", to="cohorts.cohort"
                    ),
                ),
            ],
            options={
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="Stream",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=mats_portal.web.codes.new_code, editable=False, max_length=16, unique=True
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("agenda", models.CharField(blank=True, max_length=120)),
                ("viewpoint", models.CharField(blank=True, max_length=60)),
                ("description", models.TextField(blank=True)),
                ("seats", models.PositiveSmallIntegerField(default=4)),
                ("seats_taken", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("hue", models.PositiveSmallIntegerField(default=0, editable=False)),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="streams", to="cohorts.cohort"
                    ),
                ),
                (
                    "track",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="streams",
                        to="cohorts.track",
                    ),
                ),
            ],
            options={
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="Extension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("interest_opens", "Interest form opens"),
                            ("applications_open", "Applications open"),
                            ("applications_close", "Applications close"),
                            ("reviews_due", "Reviews due"),
                            ("rankings_due", "Rankings due"),
                            ("offers_released", "Offers go out"),
                            ("answers_due", "Answers due"),
                            ("training_starts", "Training starts"),
                            ("in_person_starts", "In person"),
                            ("plans_due", "Research plans due"),
                            ("in_person_ends", "In-person phase ends"),
                            ("extension_starts", "Extension starts"),
                            ("extension_ends", "Extension ends"),
                        ],
                        max_length=30,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("reason", models.TextField()),
                ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="extensions", to="cohorts.cohort"
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="extensions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("cohort", "kind", "person"), name="one_extension_per_person_and_milestone"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("interest_opens", "Interest form opens"),
                            ("applications_open", "Applications open"),
                            ("applications_close", "Applications close"),
                            ("reviews_due", "Reviews due"),
                            ("rankings_due", "Rankings due"),
                            ("offers_released", "Offers go out"),
                            ("answers_due", "Answers due"),
                            ("training_starts", "Training starts"),
                            ("in_person_starts", "In person"),
                            ("plans_due", "Research plans due"),
                            ("in_person_ends", "In-person phase ends"),
                            ("extension_starts", "Extension starts"),
                            ("extension_ends", "Extension ends"),
                        ],
                        max_length=30,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="milestones", to="cohorts.cohort"
                    ),
                ),
            ],
            options={
                "ordering": ("at",),
                "constraints": [
                    models.UniqueConstraint(fields=("cohort", "kind"), name="one_milestone_of_a_kind_per_cohort"),
                    models.CheckConstraint(
                        condition=models.Q(("at__gte", "1900-01-01T00:00Z"), ("at__lt", "2200-01-01T00:00Z")),
                        name="milestone_in_a_sensible_year",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("staff", "Programme staff"),
                            ("reviewer", "Reviewer"),
                            ("mentor", "Mentor"),
                            ("grader", "Grader"),
                            ("support", "Scholar support"),
                            ("scholar", "Scholar"),
                            ("alumnus", "Alumna or alumnus"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("evaluation", "evaluates"), ("support", "supports"), ("neither", "neither")],
                        editable=False,
                        max_length=12,
                    ),
                ),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                ("until", models.DateTimeField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, max_length=200)),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="memberships", to="cohorts.cohort"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "stream",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="cohorts.stream",
                    ),
                ),
            ],
            options={
                "ordering": ("since",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("cohort", "person", "role", "stream"),
                        name="one_open_membership_of_a_kind",
                        nulls_distinct=False,
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("side", "neither"), _negated=True),
                        expressions=[("cohort", "="), ("person", "="), ("side", "<>")],
                        name="nobody_both_supports_and_evaluates",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("role__in", ["staff", "reviewer", "mentor", "grader"]), ("side", "evaluation")),
                            models.Q(("role", "support"), ("side", "support")),
                            models.Q(("role__in", ["scholar", "alumnus"]), ("side", "neither")),
                            _connector="OR",
                        ),
                        name="side_follows_role",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="track",
            constraint=models.UniqueConstraint(fields=("cohort", "name"), name="one_track_of_a_name_per_cohort"),
        ),
        migrations.AddConstraint(
            model_name="stream",
            constraint=models.UniqueConstraint(fields=("cohort", "name"), name="one_stream_of_a_name_per_cohort"),
        ),
        migrations.AddConstraint(
            model_name="stream",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats_taken__lte", models.F("seats"))), name="no_stream_oversold"
            ),
        ),
    ]
