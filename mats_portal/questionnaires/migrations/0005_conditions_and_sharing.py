"""After which answers a question is asked, and whether several streams share its answer."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0004_more_kinds_of_questions")]
    operations = [
        migrations.AddField("question", "shown_if", models.SlugField(blank=True, max_length=60)),
        migrations.AddField(
            "question",
            "shown_if_options",
            ArrayField(models.CharField(max_length=200), blank=True, default=list, size=None),
        ),
        migrations.AddField("question", "is_shared", models.BooleanField(default=False)),
    ]
