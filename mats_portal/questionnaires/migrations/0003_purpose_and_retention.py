"""Why a question is asked, and how long its answer is kept."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0002_answered_versions_are_final")]
    operations = [
        migrations.AddField("question", "purpose", models.TextField(blank=True)),
        migrations.AddField(
            "question",
            "retention",
            models.CharField(
                choices=[
                    ("application", "as long as the application"),
                    ("unsuccessful", "until the person is not offered a place"),
                ],
                default="application",
                max_length=12,
            ),
        ),
    ]
