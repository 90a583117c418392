"""As many applications as one likes, made by the database itself: 100,000 in half a minute."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

PEOPLE = """
INSERT INTO people_person (password, code, email, name, time_zone, is_active, is_synthetic, joined_at)
SELECT '!', 'p' || substr(md5(%(mark)s || n), 1, 12), 'p' || n || '.' || %(mark)s || '@example.org',
       'Person ' || lpad(n::text, 6, '0') || ' of the Long List', '', true, false, now()
FROM generate_series(1, %(size)s) AS n
"""
SHEETS = """
INSERT INTO questionnaires_answersheet (revision, person_id, version_id)
SELECT 0, id, %(version)s FROM people_person WHERE email LIKE %(whose)s
"""
APPLICATIONS = """
INSERT INTO applications_application (code, state, started_at, changed_at, submitted_at, submission_count, source,
    external_id, import_digest, field, time_zone, prerequisite, channels, review_count, review_mean, cohort_id,
    person_id, sheet_id, education, years, hours, search)
SELECT 'a' || substr(md5(%(mark)s || p.id), 1, 12),
       CASE WHEN p.id %% 10 = 0 THEN 'draft' ELSE 'submitted' END,
       now() - p.id * interval '1 minute', now() - p.id * interval '1 minute',
       CASE WHEN p.id %% 10 > 0 THEN now() - p.id * interval '1 minute' END, 1, 'form', '', '',
       'Mathematics', 'Europe/Riga', 'yes', ARRAY['Twitter'], p.id %% 4, (p.id %% 50) / 10.0, %(cohort)s,
       p.id, s.id, p.id %% 9 + 1, p.id %% 11, 20 + p.id %% 21,
       to_tsvector('simple', lower(p.name || ' ' || p.email) || ' word' || p.id %% 1000 || ' motivation and methods')
FROM people_person p JOIN questionnaires_answersheet s ON s.person_id = p.id
WHERE p.email LIKE %(whose)s ORDER BY p.id
"""
PREFERENCES = """
INSERT INTO applications_preference (rank, application_id, stream_id)
SELECT rank, a.id, (%(streams)s)[(a.id + rank) %% %(spread)s + 1]
FROM applications_application a, generate_series(1, 3) AS rank
WHERE a.cohort_id = %(cohort)s AND a.id <> %(told)s AND a.state = 'submitted'
"""
SUBMISSIONS = """
INSERT INTO applications_submission (application_id, number, timing, digest, content)
SELECT a.id, 1, s.timing, s.digest, s.content FROM applications_application a, applications_submission s
WHERE a.cohort_id = %(cohort)s AND a.id <> %(told)s AND a.state = 'submitted' AND s.application_id = %(told)s
"""


def crowd(cohort: Any, streams: Sequence[Any], told: Any, size: int, *, whole: bool = True) -> None:
    """That many more applications to the cohort beside `told`; one in ten is a draft. `whole`: with what they wrote."""
    from django.db import connection  # noqa: PLC0415 - needs the set-up of the caller

    facts = {
        "mark": cohort.slug,
        "whose": f"p%.{cohort.slug}@example.org",
        "size": size,
        "version": told.sheet.version_id,
        "cohort": cohort.pk,
        "told": told.pk,
        "streams": [stream.pk for stream in streams],
        "spread": len(streams),
    }
    with connection.cursor() as cursor:
        for statement in (PEOPLE, SHEETS, APPLICATIONS, PREFERENCES, *([SUBMISSIONS] if whole else [])):
            cursor.execute(statement, facts)
        cursor.execute("ANALYZE")
