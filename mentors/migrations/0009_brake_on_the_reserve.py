import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cohorts", "0006_sensitive_answers_have_a_date"),
        ("mentors", "0008_notes_and_contributions"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReserveBrake",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("most", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("agreed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "cohort",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reserve_brake", to="cohorts.cohort"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HeldCall",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("cohort", "Many were called within a day"),
                            ("stream", "All seats of the stream were called on within a day"),
                        ],
                        max_length=10,
                    ),
                ),
                ("held_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "offer",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="held_call",
                        to="mentors.offer",
                    ),
                ),
                (
                    "stream",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="held_calls", to="cohorts.stream"
                    ),
                ),
            ],
            options={
                "ordering": ("held_at", "pk"),
                "indexes": [
                    models.Index(condition=models.Q(("ended_at", None)), fields=["stream"], name="calls_that_wait")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("why__in", ["cohort", "stream"])), name="a_held_call_has_a_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("offer", None), ("ended_at__isnull", False), _connector="OR"),
                        name="only_a_call_that_went_on_has_an_offer",
                    ),
                ],
            },
        ),
    ]
