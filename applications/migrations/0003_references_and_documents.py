import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
from django.db import migrations, models

import applications.models.documents
import mats_portal.web.codes


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0002_submissions_are_final"),
    ]

    operations = [
        migrations.CreateModel(
            name="Reference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=mats_portal.web.codes.new_code, editable=False, max_length=16, unique=True
                    ),
                ),
                ("place", models.PositiveSmallIntegerField(help_text="1 or 2.")),
                ("name", models.CharField(max_length=100)),
                ("email", models.EmailField(max_length=254)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("safety_org", "AI safety organisation"),
                            ("ai_industry", "AI or machine learning industry"),
                            ("academia_ai", "Academia, AI or machine learning"),
                            ("academia_stem", "Academia, other science or engineering"),
                            ("academia_social", "Academia, social science or policy"),
                            ("government", "Government or policy"),
                            ("industry", "Other industry"),
                            ("unknown", "Something else, or not sure"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Asked"),
                            ("answered", "Answered"),
                            ("declined", "Declined"),
                            ("taken_back", "Taken back"),
                        ],
                        default="asked",
                        max_length=12,
                    ),
                ),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("asked_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "sent_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        help_text="When the applicant last had the link mailed.",
                    ),
                ),
                ("sent_count", models.PositiveSmallIntegerField(default=1)),
                (
                    "closed_at",
                    models.DateTimeField(
                        blank=True, help_text="When it was answered, declined or taken back.", null=True
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="references",
                        to="applications.application",
                    ),
                ),
            ],
            options={
                "ordering": ("place", "id"),
            },
        ),
        migrations.CreateModel(
            name="ReferenceLetter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("relationship", models.CharField(max_length=300)),
                ("text", models.TextField()),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "reference",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="letter", to="applications.reference"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.FileField(max_length=200, upload_to=applications.models.documents.stored_name)),
                ("name", models.CharField(max_length=100)),
                ("size", models.PositiveIntegerField(help_text="In bytes.")),
                ("pages", models.PositiveSmallIntegerField()),
                ("digest", models.CharField(help_text="SHA-256 of the file.", max_length=64)),
                ("uploaded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("is_current", models.BooleanField(default=True)),
                ("is_submitted", models.BooleanField(default=False)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="applications.application",
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_current", True)),
                        fields=("application",),
                        name="one_current_document_per_application",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_submitted", True)),
                        fields=("application",),
                        name="one_submitted_document_per_application",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_current", True), ("is_submitted", True), _connector="OR"),
                        name="document_is_of_use",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="reference",
            index=models.Index(fields=["email", "sent_at"], name="references_by_address"),
        ),
        migrations.AddConstraint(
            model_name="reference",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "taken_back"), _negated=True),
                fields=("application", "place"),
                name="one_reference_per_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="reference",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "taken_back"), _negated=True),
                fields=("application", "email"),
                name="one_reference_per_address",
            ),
        ),
        migrations.AddConstraint(
            model_name="reference",
            constraint=models.CheckConstraint(condition=models.Q(("place__in", [1, 2])), name="at_most_two_references"),
        ),
        migrations.AddConstraint(
            model_name="reference",
            constraint=models.CheckConstraint(
                condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                name="referee_email_is_lower_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="reference",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "asked"), ("closed_at__isnull", False), _connector="XOR"),
                name="closed_reference_has_a_moment",
            ),
        ),
    ]
