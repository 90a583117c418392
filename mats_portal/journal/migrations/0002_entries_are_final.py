"""The database itself keeps the journal: no entry is changed or removed, whoever asks."""

from django.conf import settings
from django.db import migrations

REFUSE = """
CREATE FUNCTION refuse_to_rewrite_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Rows of % are never changed or removed.', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER entries_are_final BEFORE UPDATE OR DELETE ON journal_entry
    FOR EACH ROW EXECUTE FUNCTION refuse_to_rewrite_history();
"""
ALLOW = """
DROP TRIGGER entries_are_final ON journal_entry;
DROP FUNCTION refuse_to_rewrite_history();
"""
# The portal's own role exists where it was set up apart from the owner of the tables.
TO_THE_PORTAL = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN
        EXECUTE format('{act}', '{role}');
    END IF;
END $$;
"""


def _tell(act: str) -> str:
    return TO_THE_PORTAL.format(role=settings.PORTAL_ROLE.replace("'", "''"), act=act)


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_entries")]

    operations = [
        migrations.RunSQL(REFUSE, ALLOW),
        migrations.RunSQL(
            _tell("REVOKE UPDATE, DELETE, TRUNCATE ON journal_entry FROM %I"),
            _tell("GRANT UPDATE, DELETE ON journal_entry TO %I"),
        ),
    ]
