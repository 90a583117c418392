"""An applicant belongs to the streams on the draft list; a submission tells whether it came late, and how."""

from django.db import migrations, models

FORWARDS = """
CREATE OR REPLACE FUNCTION streams_of_person(of_cohort bigint, of_person bigint) RETURNS SETOF bigint
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT stream_id FROM cohorts_membership
    WHERE cohort_id = of_cohort AND person_id = of_person AND until IS NULL AND stream_id IS NOT NULL
    UNION ALL
    SELECT choice.stream_id FROM applications_choice choice
    JOIN applications_application application ON application.id = choice.application_id
    WHERE application.cohort_id = of_cohort AND application.person_id = of_person AND choice.rank IS NOT NULL
$$;
"""
BACKWARDS = """
CREATE OR REPLACE FUNCTION streams_of_person(of_cohort bigint, of_person bigint) RETURNS SETOF bigint
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT stream_id FROM cohorts_membership
    WHERE cohort_id = of_cohort AND person_id = of_person AND until IS NULL AND stream_id IS NOT NULL
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0004_letters_are_final"),
        ("cohorts", "0004_stream_extensions_and_grace"),
    ]

    operations = [
        migrations.RunSQL(FORWARDS, BACKWARDS),
        migrations.AddField(
            model_name="submission",
            name="timing",
            field=models.CharField(
                choices=[
                    ("in_time", "in time"),
                    ("in_grace", "in the grace after the close"),
                    ("admitted", "late, admitted by staff"),
                ],
                default="in_time",
                editable=False,
                max_length=10,
            ),
        ),
    ]
