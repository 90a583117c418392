"""The channels that a new portal starts with; staff change the list as they like."""

from django.db import migrations

from applications.outreach.defaults import FIRST_CHANNELS


def add(apps, schema_editor):
    """Add those that are not there yet."""
    channel = apps.get_model("outreach", "Channel")
    for position, (name, is_community) in enumerate(FIRST_CHANNELS, 1):
        channel.objects.get_or_create(name=name, defaults={"position": position, "is_community": is_community})


class Migration(migrations.Migration):
    dependencies = [("outreach", "0001_channels_and_interests")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop, elidable=False)]
