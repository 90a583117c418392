"""Which applications of a cohort look like two of one person. Nobody is joined by the portal itself.

Three keys, made in SQL: the words of the name in any order, without case, accents and signs; the mailbox, without
what stands after a plus and without the dots that Gmail ignores; the CV, byte for byte. A key that more than twenty
applications share says nothing about two of them, and is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection

from applications.models import Application
from applications.selectors.applications import applications_visible_to
from mats_portal.cohorts.models import Cohort

MOST_PAIRS = 200
REASONS = {"name": "the same name", "mailbox": "the same mailbox", "cv": "the same CV"}
PAIRS = """
WITH standing AS (
    SELECT a.id, p.name, lower(p.email) AS email
    FROM applications_application a JOIN people_person p ON p.id = a.person_id
    WHERE a.cohort_id = %(cohort)s AND a.state IN ('draft', 'submitted')
), plain AS (
    SELECT id, email, regexp_replace(lower(normalize(name, NFKD)), '[\u0300-\u036f]', '', 'g') AS name,
           split_part(split_part(email, '@', 1), '+', 1) AS box, split_part(email, '@', 2) AS host
    FROM standing
), keys AS (
    SELECT id, 'name' AS kind, (
        SELECT string_agg(word, ' ' ORDER BY word)
        FROM regexp_split_to_table(btrim(regexp_replace(name, '[^[:alnum:]]+', ' ', 'g')), ' ') AS word
    ) AS key FROM plain
    UNION ALL
    SELECT id, 'mailbox', CASE WHEN host IN ('gmail.com', 'googlemail.com')
        THEN replace(box, '.', '') || '@gmail.com' ELSE box || '@' || host END FROM plain
    UNION ALL
    SELECT DISTINCT d.application_id, 'cv', d.digest
    FROM applications_document d JOIN standing ON standing.id = d.application_id
), telling AS (
    SELECT *, count(*) OVER (PARTITION BY kind, key) AS holders FROM keys WHERE length(key) > 4
), shared AS (
    SELECT * FROM telling WHERE holders BETWEEN 2 AND 20
)
SELECT one.id, two.id, array_agg(DISTINCT one.kind ORDER BY one.kind)
FROM shared one JOIN shared two ON two.kind = one.kind AND two.key = one.key AND one.id < two.id
WHERE NOT EXISTS (SELECT 1 FROM applications_distinct d WHERE d.first_id = one.id AND d.second_id = two.id)
GROUP BY one.id, two.id
ORDER BY count(DISTINCT one.kind) DESC, one.id, two.id
LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two applications, the earlier one first, and what is alike."""

    first: Application
    second: Application
    reasons: list[str]


def duplicates_in(cohort: Cohort, person: Any) -> list[Pair]:
    """The pairs that this person may see both of, those alike in most respects first; at most 200. Two statements."""
    with connection.cursor() as cursor:
        cursor.execute(PAIRS, {"cohort": cohort.pk, "most": MOST_PAIRS})
        found = cursor.fetchall()
    keys = {key for first, second, _ in found for key in (first, second)}
    visible = applications_visible_to(person).in_cohort(cohort).select_related("person").defer("search")
    known = visible.in_bulk(keys)
    return [
        Pair(known[first], known[second], [REASONS[kind] for kind in kinds])
        for first, second, kinds in found
        if first in known and second in known
    ]
