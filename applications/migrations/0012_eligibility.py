"""Who may apply, by their own answers or because staff let them through."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import mats_portal.web.codes

STATES = [
    ("passed", "may apply"),
    ("stopped", "stopped by an answer"),
    ("asked", "asks staff to look"),
    ("let_through", "let through by staff"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0011_labels"),
        ("questionnaires", "0007_eligibility"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="EligibilityCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=mats_portal.web.codes.new_code, editable=False, max_length=16, unique=True
                    ),
                ),
                ("state", models.CharField(choices=STATES, max_length=12)),
                ("checked_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("words", models.TextField(blank=True)),
                ("asked_at", models.DateTimeField(blank=True, null=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.TextField(blank=True)),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="eligibility_checks",
                        to="cohorts.cohort",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="eligibility_checks",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sheet",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="eligibility_check",
                        to="questionnaires.answersheet",
                    ),
                ),
            ],
            options={
                "ordering": ("-checked_at", "-id"),
                "indexes": [
                    models.Index(fields=["cohort", "state", "-checked_at", "-id"], name="eligibility_by_state")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("cohort", "person"), name="one_eligibility_check_per_person"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "let_through"), _negated=True),
                            ("decided_at__isnull", False),
                            _connector="OR",
                        ),
                        name="let_through_has_a_moment",
                    ),
                ],
            },
        ),
    ]
