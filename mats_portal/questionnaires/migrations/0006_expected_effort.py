"""How many minutes a questionnaire takes, as its editors say."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0005_conditions_and_sharing")]
    operations = [
        migrations.AddField(
            "questionnaire",
            "minutes",
            models.PositiveSmallIntegerField(blank=True, null=True, help_text="Empty: estimated from the questions."),
        ),
    ]
