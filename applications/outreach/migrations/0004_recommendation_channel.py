"""The channel of those who came by a recommendation's personal link."""

from django.db import migrations
from django.db.models import Max

from applications.outreach.defaults import RECOMMENDATION


def add(apps, schema_editor):
    """Add it before the catch-all at the end, unless staff have made one of that name."""
    channel = apps.get_model("outreach", "Channel")
    last = channel.objects.aggregate(last=Max("position"))["last"] or 0
    if not channel.objects.filter(name__iexact=RECOMMENDATION).exists():
        channel.objects.filter(position=last).update(position=last + 1)
        channel.objects.create(name=RECOMMENDATION, position=last, is_community=True)


class Migration(migrations.Migration):
    dependencies = [("outreach", "0003_links_recommendations_and_actions")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop, elidable=False)]
