"""One function says when something closes for a person: pages, writes and reminders all ask it."""

from django.db import migrations

CREATE = """
CREATE FUNCTION effective_deadline(of_cohort bigint, of_kind text, of_person bigint) RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT greatest(
        (SELECT at FROM cohorts_milestone WHERE cohort_id = of_cohort AND kind = of_kind),
        (SELECT at FROM cohorts_extension WHERE cohort_id = of_cohort AND kind = of_kind AND person_id = of_person)
    )
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("cohorts", "0001_cohorts_and_memberships")]

    operations = [
        migrations.RunSQL(CREATE, "DROP FUNCTION effective_deadline(bigint, text, bigint)"),
    ]
