"""Questions that decide whether somebody may apply."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0006_expected_effort")]
    operations = [
        migrations.AddField(
            "question", "accepted", ArrayField(models.CharField(max_length=200), blank=True, default=list, size=None)
        ),
        migrations.AddField("question", "refusal", models.TextField(blank=True)),
        migrations.AlterField(
            "questionnaire",
            "purpose",
            models.CharField(
                choices=[
                    ("application", "General application"),
                    ("stream", "Stream questions"),
                    ("eligibility", "Eligibility"),
                ],
                max_length=20,
            ),
        ),
    ]
