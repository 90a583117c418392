import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("verb", models.CharField(max_length=60)),
                ("subject", models.CharField(max_length=100)),
                ("cohort_slug", models.SlugField(blank=True, max_length=60)),
                ("facts", models.JSONField(blank=True, default=dict)),
                (
                    "actor",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "entries",
                "ordering": ("-id",),
                "indexes": [
                    models.Index(fields=["subject", "-id"], name="entries_of_a_subject"),
                    models.Index(fields=["cohort_slug", "-id"], name="entries_of_a_cohort"),
                ],
            },
        ),
    ]
