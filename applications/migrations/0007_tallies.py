"""The number of applications per cohort and state, kept by the database as they change."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

FORWARDS = """
CREATE FUNCTION tally_applications(of_cohort bigint, of_state text, change bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    added bigint;
BEGIN
    INSERT INTO applications_tally (cohort_id, state, n) VALUES (of_cohort, of_state, change) RETURNING id INTO added;
    IF added % 64 = 0 THEN
        WITH free AS (
            SELECT id FROM applications_tally WHERE cohort_id = of_cohort FOR UPDATE SKIP LOCKED
        ), gone AS (
            DELETE FROM applications_tally USING free WHERE applications_tally.id = free.id
            RETURNING applications_tally.state, applications_tally.n
        )
        INSERT INTO applications_tally (cohort_id, state, n)
            SELECT of_cohort, state, sum(n) FROM gone GROUP BY state HAVING sum(n) <> 0;
    END IF;
END $$;

CREATE FUNCTION tally_new_applications() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM tally_applications(cohort_id, state, count(*)) FROM changed GROUP BY cohort_id, state;
    RETURN NULL;
END $$;
CREATE FUNCTION tally_gone_applications() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM tally_applications(cohort_id, state, -count(*)) FROM changed
        WHERE EXISTS (SELECT 1 FROM cohorts_cohort WHERE cohorts_cohort.id = cohort_id) GROUP BY cohort_id, state;
    RETURN NULL;
END $$;
CREATE FUNCTION tally_moved_application() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM tally_applications(OLD.cohort_id, OLD.state, -1);
    PERFORM tally_applications(NEW.cohort_id, NEW.state, 1);
    RETURN NULL;
END $$;

CREATE TRIGGER new_applications_are_tallied AFTER INSERT ON applications_application
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tally_new_applications();
CREATE TRIGGER gone_applications_are_tallied AFTER DELETE ON applications_application
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tally_gone_applications();
CREATE TRIGGER moved_applications_are_tallied AFTER UPDATE OF state, cohort_id ON applications_application
    FOR EACH ROW WHEN (OLD.state <> NEW.state OR OLD.cohort_id <> NEW.cohort_id)
    EXECUTE FUNCTION tally_moved_application();

INSERT INTO applications_tally (cohort_id, state, n)
    SELECT cohort_id, state, count(*) FROM applications_application GROUP BY cohort_id, state;
"""
BACKWARDS = """
DROP TRIGGER moved_applications_are_tallied ON applications_application;
DROP TRIGGER gone_applications_are_tallied ON applications_application;
DROP TRIGGER new_applications_are_tallied ON applications_application;
DROP FUNCTION tally_moved_application();
DROP FUNCTION tally_gone_applications();
DROP FUNCTION tally_new_applications();
DROP FUNCTION tally_applications(bigint, text, bigint);
"""
FIELDS: list[tuple[str, Any]] = [
    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
    ("state", models.CharField(max_length=10)),
    ("n", models.IntegerField()),
    (
        "cohort",
        models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="tallies", to="cohorts.cohort"),
    ),
]


class Migration(migrations.Migration):
    dependencies = [("applications", "0006_availability")]
    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=FIELDS,
            options={
                "indexes": [models.Index(fields=["cohort", "state"], include=("n",), name="tallies_by_cohort")],
            },
        ),
        migrations.RunSQL(FORWARDS, BACKWARDS),
    ]
