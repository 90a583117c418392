"""A file as a kind of question."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import mats_portal.questionnaires.models
import mats_portal.web.codes


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0007_eligibility")]
    operations = [
        migrations.AddField("question", "max_megabytes", models.PositiveSmallIntegerField(default=0)),
        migrations.AlterField(
            "question",
            "kind",
            models.CharField(
                choices=[
                    ("short", "one line"),
                    ("long", "long text"),
                    ("single", "one of several"),
                    ("several", "several of several"),
                    ("number", "number"),
                    ("scale", "a point of a scale"),
                    ("matrix", "grid: several lines on one scale"),
                    ("ranked", "list put in order"),
                    ("date", "date"),
                    ("email", "e-mail address"),
                    ("url", "link"),
                    ("consent", "consent"),
                    ("file", "file (PDF)"),
                ],
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            "AnswerFile",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100)),
                ("size", models.PositiveIntegerField(help_text="In bytes.")),
                ("pages", models.PositiveSmallIntegerField()),
                ("digest", models.CharField(help_text="SHA-256 of the file.", max_length=64)),
                ("uploaded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "code",
                    models.CharField(
                        default=mats_portal.web.codes.new_code, editable=False, max_length=16, unique=True
                    ),
                ),
                (
                    "file",
                    models.FileField(max_length=200, upload_to=mats_portal.questionnaires.models.answer_file_name),
                ),
                ("is_held", models.BooleanField(default=False)),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="questionnaires.answersheet",
                    ),
                ),
            ],
            options={"ordering": ("-id",)},
        ),
        migrations.AddField(
            "answer",
            "file",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="answers",
                to="questionnaires.answerfile",
            ),
        ),
    ]
