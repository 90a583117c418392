"""Scales, grids, ranked lists, dates, addresses; a limit of characters; Markdown."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

KINDS = [
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
]


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0003_purpose_and_retention")]
    operations = [
        migrations.AddField(
            "question",
            "anchors",
            ArrayField(models.CharField(blank=True, max_length=200), blank=True, default=list, size=None),
        ),
        migrations.AddField(
            "question", "rows", ArrayField(models.CharField(max_length=200), blank=True, default=list, size=None)
        ),
        migrations.AddField("question", "max_characters", models.PositiveIntegerField(default=0)),
        migrations.AddField("question", "is_markdown", models.BooleanField(default=False)),
        migrations.AlterField("question", "kind", models.CharField(choices=KINDS, max_length=10)),
        migrations.AlterField(
            "answer",
            "choices",
            ArrayField(models.CharField(blank=True, max_length=200), blank=True, default=list, size=None),
        ),
    ]
