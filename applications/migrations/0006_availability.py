from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("applications", "0005_streams_stay_open_longer")]

    operations = [
        migrations.AddField(
            model_name="application",
            name="available_from",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="application",
            name="available_until",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="application",
            name="commitments",
            field=models.PositiveSmallIntegerField(blank=True, help_text="Hours a week for other things.", null=True),
        ),
    ]
