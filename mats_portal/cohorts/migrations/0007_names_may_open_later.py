from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cohorts", "0006_sensitive_answers_have_a_date"),
    ]

    operations = [
        migrations.AddField(
            model_name="cohort",
            name="names_open",
            field=models.CharField(
                choices=[
                    ("always", "From the start"),
                    ("own_scores", "When their own scores of the applicant are in"),
                    ("decided", "When the applicant has been told the decision"),
                ],
                default="always",
                max_length=12,
            ),
        ),
    ]
