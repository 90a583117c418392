"""Keep answers in one statement, as long as nobody else has saved: what happens every few seconds of writing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from copy import copy

from django.db import connection

from applications.models import Application
from mats_portal.cohorts.states import MilestoneKind
from mats_portal.questionnaires.fitting import Value, fit
from mats_portal.questionnaires.models import AnswerSheet
from mats_portal.questionnaires.selectors import questions_asked
from mats_portal.questionnaires.states import QuestionKind

# Rows are taken in the order in which every other writer takes them: the application, then the sheet. The sheet's
# revision is asked once its row is held, so of two saves at once the second finds another one and keeps nothing.
KEEP = """
WITH taken AS (
    SELECT id FROM applications_application WHERE id = %(application)s FOR NO KEY UPDATE
), given AS (
    SELECT * FROM jsonb_to_recordset(%(answers)s::jsonb) AS answer (question bigint, text text, choices text[])
), changed AS (
    SELECT given.* FROM given
    LEFT JOIN questionnaires_answer old ON old.sheet_id = %(sheet)s AND old.question_id = given.question
    WHERE (coalesce(old.text, ''), coalesce(old.choices, '{}')::text[]) IS DISTINCT FROM (given.text, given.choices)
), sheet AS (
    UPDATE questionnaires_answersheet AS held
    SET revision = held.revision + (EXISTS (SELECT FROM changed))::int,
        saved_at = CASE WHEN EXISTS (SELECT FROM changed) THEN statement_timestamp()
                        ELSE coalesce(held.saved_at, statement_timestamp()) END
    FROM taken
    WHERE held.id = %(sheet)s AND held.person_id = %(person)s AND held.revision = %(revision)s
    RETURNING held.revision, held.saved_at
), kept AS (
    INSERT INTO questionnaires_answer (sheet_id, question_id, text, choices, revision)
    SELECT %(sheet)s, changed.question, changed.text, changed.choices, sheet.revision FROM changed, sheet
    ON CONFLICT (sheet_id, question_id)
    DO UPDATE SET text = excluded.text, choices = excluded.choices, revision = excluded.revision
), touched AS (
    UPDATE applications_application AS own
    SET changed_at = statement_timestamp(),
        late_saved_at = CASE WHEN effective_deadline(own.cohort_id, %(closes)s, own.person_id) <= statement_timestamp()
                             THEN statement_timestamp() END
    FROM sheet WHERE own.id = %(application)s
    RETURNING own.changed_at, own.late_saved_at
)
SELECT sheet.revision, sheet.saved_at, touched.changed_at, touched.late_saved_at FROM sheet, touched
"""


def keep_at_once(
    *, application: Application, sheet: AnswerSheet, values: Mapping[str, Value], expected_revision: int
) -> AnswerSheet | None:
    """Keep these answers, by the key of their question, and note that the applicant acted, and whether that was late.

    Only when the sheet's revision is the expected one; else nothing is kept, the answer is None, and what changed
    meanwhile has to be compared. Saving again what is stored changes no answer; unknown keys are ignored, and so are
    questions that take a file.
    Returns the sheet as it is afterwards. Raises `AnswerTooLong` and `UnknownChoice`.
    """
    questions = {one.key: one for one in questions_asked(sheet) if one.kind != QuestionKind.FILE}
    answers = []
    for key, value in values.items():
        if question := questions.get(key):
            text, choices = fit(question, value)
            answers.append({"question": question.pk, "text": text, "choices": choices})
    facts: dict[str, str | int] = {
        "application": application.pk,
        "sheet": sheet.pk,
        "person": application.person_id,
        "revision": expected_revision,
        "answers": json.dumps(answers),
        "closes": MilestoneKind.APPLICATIONS_CLOSE.value,
    }
    with connection.cursor() as cursor:
        cursor.execute(KEEP, facts)
        found = cursor.fetchone()
    if found is None:
        return None
    kept = copy(sheet)
    kept.revision, kept.saved_at, application.changed_at, application.late_saved_at = found
    return kept
