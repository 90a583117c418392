import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import mats_portal.web.codes


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cohorts", "0002_effective_deadline"),
        ("mentors", "0001_reviews_rankings_and_offers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Scholar",
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
                        choices=[("active", "In the programme"), ("finished", "Finished"), ("left", "Left early")],
                        default="active",
                        max_length=10,
                    ),
                ),
                ("enrolled_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_reason", models.CharField(blank=True, max_length=500)),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="scholars", to="cohorts.cohort"
                    ),
                ),
                (
                    "offer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="scholar", to="mentors.offer"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scholarships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "stream",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="scholars", to="cohorts.stream"
                    ),
                ),
            ],
            options={
                "ordering": ("person__name", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Switch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("interests", "Interests diverged"),
                            ("availability", "Mentor's availability"),
                            ("relation", "Working relation"),
                            ("project", "Project ended"),
                            ("other", "Another reason"),
                        ],
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "origin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="switches_away", to="cohorts.stream"
                    ),
                ),
                (
                    "scholar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="switches", to="scholars.scholar"
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="switches_here", to="cohorts.stream"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "switches",
                "ordering": ("-at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="MentorlessException",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField()),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "stream",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mentorless_exception",
                        to="cohorts.stream",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="an_exception_has_a_reason"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="scholar",
            index=models.Index(fields=["cohort", "state"], name="scholars_of_a_cohort"),
        ),
        migrations.AddConstraint(
            model_name="scholar",
            constraint=models.UniqueConstraint(fields=("cohort", "person"), name="one_scholar_per_person_and_cohort"),
        ),
        migrations.AddConstraint(
            model_name="scholar",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("state", "active")),
                    models.Q(models.Q(("state", "active"), _negated=True), ("ended_at__isnull", False)),
                    _connector="OR",
                ),
                name="a_scholar_who_ended_has_a_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="switch",
            constraint=models.CheckConstraint(
                condition=models.Q(("origin", models.F("target")), _negated=True), name="a_switch_goes_somewhere_else"
            ),
        ),
    ]
