import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import mats_portal.web.codes


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("scholars", "0001_scholars_and_switches"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ResearchPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=mats_portal.web.codes.new_code, editable=False, max_length=16, unique=True
                    ),
                ),
                ("threat_model", models.TextField(blank=True)),
                ("theory_of_change", models.TextField(blank=True)),
                ("plan_of_action", models.TextField(blank=True)),
                ("disagreement", models.TextField(blank=True)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("saved_at", models.DateTimeField(blank=True, null=True)),
                ("submitted_revision", models.PositiveIntegerField(blank=True, null=True)),
                ("submission_count", models.PositiveSmallIntegerField(default=0)),
                ("first_submitted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "scholar",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plan", to="scholars.scholar"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PlanRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("content", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisions",
                        to="research_plans.researchplan",
                    ),
                ),
            ],
            options={
                "ordering": ("-number",),
            },
        ),
        migrations.CreateModel(
            name="PlannedOutput",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("due_on", models.DateField(blank=True, null=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outputs",
                        to="research_plans.researchplan",
                    ),
                ),
            ],
            options={
                "ordering": ("position",),
            },
        ),
        migrations.CreateModel(
            name="PlanComment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=mats_portal.web.codes.new_code, editable=False, max_length=16, unique=True
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "The whole plan"),
                            ("threat_model", "Threat model"),
                            ("theory_of_change", "Theory of change"),
                            ("plan_of_action", "Plan of action"),
                            ("disagreement", "Where I disagree with my mentor"),
                        ],
                        max_length=20,
                    ),
                ),
                ("form_key", models.CharField(default=mats_portal.web.codes.new_code, max_length=16)),
                ("text", models.TextField()),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="research_plans.planrevision",
                    ),
                ),
            ],
            options={
                "ordering": ("at", "id"),
                "constraints": [models.UniqueConstraint(fields=("author", "form_key"), name="one_comment_per_form")],
            },
        ),
        migrations.AddConstraint(
            model_name="researchplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("first_submitted_at", None), ("submission_count", 0)),
                    models.Q(("first_submitted_at__isnull", False), ("submission_count__gt", 0)),
                    _connector="OR",
                ),
                name="a_submitted_plan_has_a_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="planrevision",
            constraint=models.UniqueConstraint(fields=("plan", "number"), name="one_revision_of_a_number_per_plan"),
        ),
        migrations.AddConstraint(
            model_name="plannedoutput",
            constraint=models.UniqueConstraint(
                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                fields=("plan", "position"),
                name="one_output_per_place",
            ),
        ),
    ]
