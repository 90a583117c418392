from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cohorts", "0005_mentors_have_a_date"),
    ]

    operations = [
        migrations.AlterField(
            model_name="extension",
            name="kind",
            field=models.CharField(
                choices=[
                    ("mentors_close", "Mentors offer until"),
                    ("interest_opens", "Interest form opens"),
                    ("applications_open", "Applications open"),
                    ("applications_close", "Applications close"),
                    ("references_due", "References due"),
                    ("reviews_due", "Reviews due"),
                    ("rankings_due", "Rankings due"),
                    ("offers_released", "Offers go out"),
                    ("answers_due", "Answers due"),
                    ("training_starts", "Training starts"),
                    ("in_person_starts", "In person"),
                    ("plans_due", "Research plans due"),
                    ("in_person_ends", "In-person phase ends"),
                    ("extension_starts", "Extension starts"),
                    ("extension_ends", "Extension ends"),
                    ("sensitive_removed", "Sensitive answers are removed"),
                ],
                max_length=30,
            ),
        ),
        migrations.AlterField(
            model_name="milestone",
            name="kind",
            field=models.CharField(
                choices=[
                    ("mentors_close", "Mentors offer until"),
                    ("interest_opens", "Interest form opens"),
                    ("applications_open", "Applications open"),
                    ("applications_close", "Applications close"),
                    ("references_due", "References due"),
                    ("reviews_due", "Reviews due"),
                    ("rankings_due", "Rankings due"),
                    ("offers_released", "Offers go out"),
                    ("answers_due", "Answers due"),
                    ("training_starts", "Training starts"),
                    ("in_person_starts", "In person"),
                    ("plans_due", "Research plans due"),
                    ("in_person_ends", "In-person phase ends"),
                    ("extension_starts", "Extension starts"),
                    ("extension_ends", "Extension ends"),
                    ("sensitive_removed", "Sensitive answers are removed"),
                ],
                max_length=30,
            ),
        ),
    ]
