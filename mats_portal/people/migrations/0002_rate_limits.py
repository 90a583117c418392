"""Counters of sign-in attempts live in PostgreSQL: all processes share them, and a flushed Redis forgives nobody."""

from django.db import migrations

CREATE = """
CREATE TABLE rate_limits (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX rate_limits_by_expiry ON rate_limits (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_people_and_roles")]

    operations = [migrations.RunSQL(CREATE, "DROP TABLE rate_limits")]
