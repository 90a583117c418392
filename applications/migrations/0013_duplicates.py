"""Two applications of one person: one is read, the other set aside and in no count."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

FORWARDS = """
CREATE FUNCTION tallied_as(state text, joined_to bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN joined_to IS NOT NULL AND state = 'withdrawn' THEN 'joined' ELSE state END
$$;
CREATE OR REPLACE FUNCTION tally_new_applications() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM tally_applications(cohort_id, tallied_as(state, joined_to_id), count(*)) FROM changed
        GROUP BY cohort_id, tallied_as(state, joined_to_id);
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION tally_gone_applications() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM tally_applications(cohort_id, tallied_as(state, joined_to_id), -count(*)) FROM changed
        WHERE EXISTS (SELECT 1 FROM cohorts_cohort WHERE cohorts_cohort.id = cohort_id)
        GROUP BY cohort_id, tallied_as(state, joined_to_id);
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION tally_moved_application() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM tally_applications(OLD.cohort_id, tallied_as(OLD.state, OLD.joined_to_id), -1);
    PERFORM tally_applications(NEW.cohort_id, tallied_as(NEW.state, NEW.joined_to_id), 1);
    RETURN NULL;
END $$;
DROP TRIGGER moved_applications_are_tallied ON applications_application;
CREATE TRIGGER moved_applications_are_tallied AFTER UPDATE OF state, cohort_id, joined_to_id
    ON applications_application FOR EACH ROW
    WHEN (OLD.cohort_id <> NEW.cohort_id OR OLD.state <> NEW.state
          OR OLD.joined_to_id IS DISTINCT FROM NEW.joined_to_id)
    EXECUTE FUNCTION tally_moved_application();
"""
BACKWARDS = """
UPDATE applications_application SET joined_to_id = NULL WHERE joined_to_id IS NOT NULL;
SET CONSTRAINTS ALL IMMEDIATE;
DROP TRIGGER moved_applications_are_tallied ON applications_application;
CREATE OR REPLACE FUNCTION tally_new_applications() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM tally_applications(cohort_id, state, count(*)) FROM changed GROUP BY cohort_id, state;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION tally_gone_applications() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM tally_applications(cohort_id, state, -count(*)) FROM changed
        WHERE EXISTS (SELECT 1 FROM cohorts_cohort WHERE cohorts_cohort.id = cohort_id) GROUP BY cohort_id, state;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION tally_moved_application() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM tally_applications(OLD.cohort_id, OLD.state, -1);
    PERFORM tally_applications(NEW.cohort_id, NEW.state, 1);
    RETURN NULL;
END $$;
CREATE TRIGGER moved_applications_are_tallied AFTER UPDATE OF state, cohort_id ON applications_application
    FOR EACH ROW WHEN (OLD.state <> NEW.state OR OLD.cohort_id <> NEW.cohort_id)
    EXECUTE FUNCTION tally_moved_application();
DROP FUNCTION tallied_as(text, bigint);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0012_eligibility"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="application",
            name="joined_to",
            field=models.ForeignKey(
                blank=True,
                help_text="The other application of the same person that is read instead, while this one is set aside.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="joined",
                to="applications.application",
            ),
        ),
        migrations.CreateModel(
            name="Distinct",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="distinct_from_later",
                        to="applications.application",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="distinct_from_earlier",
                        to="applications.application",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("first", "second"), name="one_word_per_pair"),
                    models.CheckConstraint(condition=models.Q(("first__lt", models.F("second"))), name="pair_in_order"),
                ],
            },
        ),
        migrations.RunSQL(FORWARDS, BACKWARDS),
    ]
