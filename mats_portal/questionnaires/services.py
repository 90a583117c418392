"""Make a version of a questionnaire; save answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.journal.services import record
from mats_portal.questionnaires.conditions import fault_in
from mats_portal.questionnaires.errors import (
    Clash,
    StaleAnswers,
    StaleQuestions,
    UnfitQuestions,
)
from mats_portal.questionnaires.fitting import Value, fit
from mats_portal.questionnaires.gate import fault_in_rules
from mats_portal.questionnaires.models import Answer, AnswerSheet, Question, Questionnaire, Version
from mats_portal.questionnaires.selectors import current_version, questions_of
from mats_portal.questionnaires.sharing import identity
from mats_portal.questionnaires.specs import QuestionSpec
from mats_portal.questionnaires.states import CHOICE_KINDS, Purpose, QuestionKind
from mats_portal.web.pdf import LARGEST_MEGABYTES

LEAST_OPTIONS = 2


def open_questionnaire(*, cohort: Cohort, purpose: Purpose, stream: Stream | None = None) -> Questionnaire:
    """The questionnaire of a purpose, made if there is none yet."""
    found, _ = Questionnaire.objects.get_or_create(cohort=cohort, purpose=purpose, stream=stream)
    return found


@transaction.atomic
def make_version(
    *, questionnaire: Questionnaire, questions: Sequence[QuestionSpec], by: Any, after: int | None = None
) -> Version:
    """Make the next version, with these questions; the answers to earlier ones keep their wording.

    `after` is the number of the version that the editor saw. Nothing is made when the
    questions are the same as in the current version. Raises `StaleQuestions` when there is
    a later version than `after`, and `UnfitQuestions` for keys that repeat or options that lack.
    """
    Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    current = current_version(questionnaire)
    number = current.number if current else 0
    if after is not None and after != number:
        raise StaleQuestions
    _refuse_unfit(questions)
    if questionnaire.purpose == Purpose.ELIGIBILITY and any(spec.kind == QuestionKind.FILE for spec in questions):
        raise UnfitQuestions("A file is not asked for before the form. Ask for it among the general questions.")
    if current and [QuestionSpec.of(question) for question in questions_of(current)] == list(questions):
        return current
    version = Version.objects.create(questionnaire=questionnaire, number=number + 1)
    Question.objects.bulk_create(
        Question(version=version, position=position, **_fields(spec)) for position, spec in enumerate(questions, 1)
    )
    facts = {
        "version": version.number,
        "questions": len(questions),
        "stream": getattr(questionnaire.stream, "code", ""),
    }
    record(by=by, verb="change questions", subject=questionnaire, cohort=questionnaire.cohort, facts=facts)
    return version


@transaction.atomic
def change_shared(
    *,
    questionnaire: Questionnaire,
    questions: Sequence[QuestionSpec],
    old: QuestionSpec,
    new: QuestionSpec,
    others: Sequence[Stream],
    by: Any,
    after: int,
) -> Version:
    """Make the next version with these questions, and change the question that is shared in the other streams, too.

    There it keeps its key, its section and its condition. Raises as `make_version`, and then changes nothing.
    """
    version = make_version(questionnaire=questionnaire, questions=questions, by=by, after=after)
    for other in Questionnaire.objects.filter(stream__in=others).order_by("pk"):
        if current := current_version(other):
            asked = [QuestionSpec.of(question) for question in questions_of(current)]
            make_version(questionnaire=other, questions=[_with_shared(spec, old, new) for spec in asked], by=by)
    return version


def _with_shared(spec: QuestionSpec, old: QuestionSpec, new: QuestionSpec) -> QuestionSpec:
    if identity(spec) is None or identity(spec) != identity(old):
        return spec
    return replace(
        new, key=spec.key, section=spec.section, shown_if=spec.shown_if, shown_if_options=spec.shown_if_options
    )


def set_effort(*, questionnaire: Questionnaire, minutes: int | None, by: Any) -> None:
    """Say how many minutes it takes; None: estimate it from the questions."""
    if Questionnaire.objects.filter(pk=questionnaire.pk).exclude(minutes=minutes).update(minutes=minutes):
        facts = {"minutes": minutes}
        record(by=by, verb="set effort", subject=questionnaire, cohort=questionnaire.cohort, facts=facts)


def _fields(spec: QuestionSpec) -> dict[str, Any]:
    lists = ("options", "anchors", "rows", "shown_if_options", "accepted")
    listed = {name: list(getattr(spec, name)) for name in lists}
    return asdict(spec) | listed


def _refuse_unfit(questions: Sequence[QuestionSpec]) -> None:
    keys = [spec.key for spec in questions]
    if len(set(keys)) != len(keys):
        raise UnfitQuestions("Two questions have the same key. Give one of them another.")
    for spec in questions:
        if spec.kind in CHOICE_KINDS and len(set(spec.options)) < LEAST_OPTIONS:
            raise UnfitQuestions(f"“{spec.wording[:80]}” needs at least two options to choose from.")
        if spec.kind == QuestionKind.MATRIX and not spec.rows:
            raise UnfitQuestions(f"“{spec.wording[:80]}” is a grid and needs at least one line.")
        if not 0 <= spec.max_megabytes <= LARGEST_MEGABYTES:
            raise UnfitQuestions(f"“{spec.wording[:80]}”: a file has at most {LARGEST_MEGABYTES} MB.")
        if spec.anchors and len(spec.anchors) != len(spec.options):
            raise UnfitQuestions(f"“{spec.wording[:80]}” needs one anchor for each point, or none.")
    if fault := fault_in(questions) or fault_in_rules(questions):
        raise UnfitQuestions(fault)


@transaction.atomic
def save_answers(*, sheet: AnswerSheet, values: Mapping[str, Value], expected_revision: int, by: Any) -> AnswerSheet:
    """Keep these answers, by the key of their question; other answers stay as they are.

    Text is kept as typed, even where it does not fit yet. Saving again what is stored
    changes nothing. Raises `StaleAnswers` (and keeps nothing) when one of them was changed
    since `expected_revision`, `AnswerTooLong` and `UnknownChoice`; unknown keys are ignored, and so are questions that
    take a file: see `filing`.
    Returns the sheet with its new `revision` and `saved_at`.
    """
    locked = AnswerSheet.objects.select_for_update().get(pk=sheet.pk)
    if locked.person_id != by.pk:
        raise PermissionError("Answers are written by the person whose they are.")
    written = Question.objects.filter(version_id=locked.version_id).exclude(kind=QuestionKind.FILE)
    questions = {question.key: question for question in written}
    stored = {answer.question_id: answer for answer in locked.answers.all()}
    changed: list[Answer] = []
    clashes: list[Clash] = []
    for key, value in values.items():
        if (question := questions.get(key)) is None:
            continue
        text, choices = fit(question, value)
        old = stored.get(question.pk)
        if (old.text, old.choices) == (text, choices) if old else not (text or choices):
            continue
        if old and old.revision > expected_revision:
            clashes.append(Clash(question, old.choices or old.text, choices or text))
        changed.append(
            Answer(sheet=locked, question=question, text=text, choices=choices, revision=locked.revision + 1)
        )
    if clashes:
        raise StaleAnswers(clashes, locked.revision)
    return keep_changed(locked, changed)


def keep_changed(sheet: AnswerSheet, changed: list[Answer]) -> AnswerSheet:
    """Write answers of the next revision of a sheet whose row is taken, in the transaction of saving or sharing."""
    if changed:
        Answer.objects.bulk_create(
            changed,
            update_conflicts=True,
            unique_fields=["sheet", "question"],
            update_fields=["text", "choices", "file", "revision"],
        )
        AnswerSheet.objects.filter(pk=sheet.pk).update(revision=F("revision") + 1, saved_at=Now())
    elif sheet.saved_at is None:
        AnswerSheet.objects.filter(pk=sheet.pk).update(saved_at=Now())
    sheet.refresh_from_db(fields=["revision", "saved_at"])
    return sheet


@transaction.atomic
def share_answers(*, source: AnswerSheet, targets: Sequence[AnswerSheet]) -> None:
    """Give the answers to shared questions to the other sheets of the same person that ask the same.

    Nothing else of them changes. One page answers for all, so a copy is overwritten.
    """
    sheets = {sheet.pk: sheet for sheet in targets if sheet.pk != source.pk}
    rows = Question.objects.filter(version__in={source.version_id, *(one.version_id for one in sheets.values())})
    shared: dict[int, dict[tuple[Any, ...], Question]] = {}
    for question in rows.filter(is_shared=True):
        if same := identity(question):
            shared.setdefault(question.version_id, {})[same] = question
    own = shared.get(source.version_id, {})
    if not own or not sheets:
        return
    list(AnswerSheet.objects.select_for_update().filter(pk__in=sheets).order_by("pk"))
    answers = Answer.objects.filter(sheet__in=[source.pk, *sheets], question__is_shared=True)
    stored = {(answer.sheet_id, answer.question_id): answer for answer in answers}
    for sheet in sheets.values():
        sheet.refresh_from_db(fields=["revision"])
        copies = [
            Answer(
                sheet=sheet,
                question=question,
                text=said.text,
                choices=said.choices,
                file_id=said.file_id,
                revision=sheet.revision + 1,
            )
            for same, question in shared.get(sheet.version_id, {}).items()
            if same in own
            and (said := stored.get((source.pk, own[same].pk)))
            and not _is_same(said, stored.get((sheet.pk, question.pk)))
        ]
        if copies:
            keep_changed(sheet, copies)


def _is_same(answer: Answer, other: Answer | None) -> bool:
    there = (other.text, other.choices, other.file_id) if other else ("", [], None)
    return (answer.text, answer.choices, answer.file_id) == there
