import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import mats_portal.web.codes


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cohorts", "0002_effective_deadline"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Outcome",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=mats_portal.web.codes.new_code, editable=False, max_length=16, unique=True
                    ),
                ),
                ("form_key", models.CharField(default=mats_portal.web.codes.new_code, max_length=16)),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("safety_staff", "Safety work at an organisation"),
                            ("safety_founder", "Founded a safety organisation or team"),
                            ("safety_independent", "Independent safety research"),
                            ("academia_safety", "Academia, more safety-relevant than before"),
                            ("academia_other", "Academia, not safety-relevant"),
                            ("industry_safety", "Industry, more safety-relevant than before"),
                            ("skill_building", "Building skills for later safety work"),
                            ("policy", "Government or policy"),
                            ("capabilities", "Capabilities work"),
                            ("studying", "Studying"),
                            ("other", "Other work"),
                            ("unknown", "Not known"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("self", "Said by themselves"),
                            ("profile", "Read in a public profile"),
                            ("staff", "Known to staff"),
                        ],
                        max_length=10,
                    ),
                ),
                ("as_of", models.DateField(verbose_name="as of")),
                ("organisation", models.CharField(blank=True, max_length=200)),
                ("note", models.TextField(blank=True)),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="outcomes", to="cohorts.cohort"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outcomes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ("-as_of", "-recorded_at", "-id"),
                "indexes": [models.Index(fields=["cohort", "person", "method", "-as_of"], name="outcomes_of_a_cohort")],
                "constraints": [
                    models.UniqueConstraint(fields=("recorded_by", "form_key"), name="one_outcome_per_form"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("method", "self"), ("recorded_by", models.F("person"))),
                            models.Q(
                                models.Q(("method", "self"), _negated=True),
                                models.Q(("recorded_by", models.F("person")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="only_oneself_says_it_oneself",
                    ),
                ],
            },
        ),
    ]
