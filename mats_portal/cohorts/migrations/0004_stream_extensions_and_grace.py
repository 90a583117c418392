"""More time for a stream, and a hidden grace: three functions say when something is due and until when it is taken."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FORWARDS = """
CREATE FUNCTION streams_of_person(of_cohort bigint, of_person bigint) RETURNS SETOF bigint
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT stream_id FROM cohorts_membership
    WHERE cohort_id = of_cohort AND person_id = of_person AND until IS NULL AND stream_id IS NOT NULL
$$;
CREATE FUNCTION own_deadline(of_cohort bigint, of_kind text, of_person bigint) RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT greatest(
        (SELECT at FROM cohorts_milestone WHERE cohort_id = of_cohort AND kind = of_kind),
        (SELECT at FROM cohorts_extension WHERE cohort_id = of_cohort AND kind = of_kind AND person_id = of_person)
    )
$$;
CREATE OR REPLACE FUNCTION effective_deadline(of_cohort bigint, of_kind text, of_person bigint) RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT greatest(
        (SELECT at FROM cohorts_milestone WHERE cohort_id = of_cohort AND kind = of_kind),
        (SELECT at FROM cohorts_extension WHERE cohort_id = of_cohort AND kind = of_kind AND person_id = of_person),
        (SELECT max(given.at) FROM cohorts_extension given
         WHERE given.cohort_id = of_cohort AND given.kind = of_kind AND given.stream_id IS NOT NULL
           AND given.stream_id IN (SELECT streams_of_person(of_cohort, of_person)))
    )
$$;
CREATE FUNCTION grace_of(of_cohort bigint, of_kind text) RETURNS interval
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(
        (SELECT make_interval(mins => grace_minutes) FROM cohorts_milestone
         WHERE cohort_id = of_cohort AND kind = of_kind),
        interval '0'
    )
$$;
CREATE FUNCTION accepted_until(of_cohort bigint, of_kind text, of_person bigint) RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT effective_deadline(of_cohort, of_kind, of_person) + grace_of(of_cohort, of_kind)
$$;
CREATE FUNCTION own_accepted_until(of_cohort bigint, of_kind text, of_person bigint) RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT own_deadline(of_cohort, of_kind, of_person) + grace_of(of_cohort, of_kind)
$$;
"""
BACKWARDS = """
DROP FUNCTION own_accepted_until(bigint, text, bigint);
DROP FUNCTION accepted_until(bigint, text, bigint);
DROP FUNCTION grace_of(bigint, text);
CREATE OR REPLACE FUNCTION effective_deadline(of_cohort bigint, of_kind text, of_person bigint) RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT greatest(
        (SELECT at FROM cohorts_milestone WHERE cohort_id = of_cohort AND kind = of_kind),
        (SELECT at FROM cohorts_extension WHERE cohort_id = of_cohort AND kind = of_kind AND person_id = of_person)
    )
$$;
DROP FUNCTION own_deadline(bigint, text, bigint);
DROP FUNCTION streams_of_person(bigint, bigint);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cohorts", "0003_references_have_a_date"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="milestone",
            name="grace_minutes",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddConstraint(
            model_name="milestone",
            constraint=models.CheckConstraint(
                condition=models.Q(("grace_minutes__lte", 60)), name="grace_is_an_hour_at_most"
            ),
        ),
        migrations.AddField(
            model_name="extension",
            name="stream",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="extensions",
                to="cohorts.stream",
            ),
        ),
        migrations.AlterField(
            model_name="extension",
            name="person",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="extensions",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.UniqueConstraint(
                fields=("cohort", "kind", "stream"), name="one_extension_per_stream_and_milestone"
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.CheckConstraint(
                condition=models.Q(("person", None), ("stream", None), _connector="XOR"),
                name="extension_of_a_person_or_a_stream",
            ),
        ),
        migrations.RunSQL(FORWARDS, BACKWARDS),
    ]
