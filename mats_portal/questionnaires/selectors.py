"""Reads about questionnaires and answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from django.db.models import QuerySet
from django.utils.text import slugify

from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.questionnaires.checks import problem_with
from mats_portal.questionnaires.conditions import hidden_keys
from mats_portal.questionnaires.effort import minutes_for
from mats_portal.questionnaires.models import Answer, AnswerSheet, Question, Questionnaire, Version
from mats_portal.questionnaires.states import Purpose

RESERVED_SLUGS = frozenset({"streams", "review", "withdraw", "start", "submit", "references", "cv", "eligibility"})


@dataclass(frozen=True, slots=True)
class Part:
    """A page of a questionnaire: the questions that share a section."""

    slug: str
    title: str
    questions: list[Question] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an answer cannot be submitted yet, in a sentence for the person who gives it."""

    question: Question
    sentence: str


def questionnaire_of(cohort: Cohort, purpose: Purpose, stream: Stream | None = None) -> Questionnaire | None:
    """The questionnaire of a purpose, or None while nobody has made it."""
    return Questionnaire.objects.filter(cohort=cohort, purpose=purpose, stream=stream).first()


def current_version(questionnaire: Questionnaire | None) -> Version | None:
    """The version that somebody who starts now answers."""
    return questionnaire.versions.order_by("-number").first() if questionnaire else None


def current_versions(cohort: Cohort) -> dict[int | None, Version]:
    """The current version of each questionnaire that applicants answer, by stream key (None: the general one)."""
    rows = (
        Version.objects.filter(questionnaire__cohort=cohort)
        .exclude(questionnaire__purpose=Purpose.ELIGIBILITY)
        .select_related("questionnaire")
        .prefetch_related("questions")
        .order_by("questionnaire_id", "-number")
        .distinct("questionnaire_id")
    )
    return {version.questionnaire.stream_id: version for version in rows}


def expected_minutes(version: Version) -> int:
    """How long it takes to answer: as its editors say, or an estimate from the questions."""
    said = version.questionnaire.minutes
    return minutes_for(questions_of(version)) if said is None else said


def questions_of(version: Version) -> list[Question]:
    """The questions in order."""
    return sorted(version.questions.all(), key=lambda question: question.position)


def questions_asked(sheet: AnswerSheet) -> list[Question]:
    """The questions of a sheet in order, remembered by this process: the database refuses to change them from now on.

    They are shared by everybody who asks, so they are read and never written.
    """
    return list(_asked_in(sheet.version_id))


@lru_cache(maxsize=512)
def _asked_in(version: int) -> tuple[Question, ...]:
    return tuple(Question.objects.filter(version_id=version).order_by("position"))


def parts_of(questions: Iterable[Question]) -> list[Part]:
    """The questions grouped by section, in the order in which the sections first appear."""
    parts: dict[str, Part] = {}
    for question in questions:
        title = question.section or "Questions"
        slug = slugify(title) or "questions"
        slug = f"{slug}-questions" if slug in RESERVED_SLUGS else slug
        parts.setdefault(slug, Part(slug, title)).questions.append(question)
    return list(parts.values())


def answers_of(sheet: AnswerSheet) -> dict[str, Answer]:
    """The answers by the key of their question."""
    return {answer.question.key: answer for answer in sheet.answers.select_related("question", "file")}


def answers_of_sheets(sheets: Iterable[AnswerSheet]) -> dict[int, dict[str, Answer]]:
    """The same for many sheets at once, by the sheet's primary key."""
    found: dict[int, dict[str, Answer]] = {sheet.pk: {} for sheet in sheets}
    rows: QuerySet[Answer] = Answer.objects.filter(sheet__in=list(found)).select_related("question", "file")
    for answer in rows:
        found[answer.sheet_id][answer.question.key] = answer
    return found


def asked_of(questions: list[Question], answers: dict[str, Answer]) -> list[Question]:
    """The questions that are asked of somebody who gave these answers: all of a sheet's go in."""
    hidden = hidden_keys(questions, answers)
    return [question for question in questions if question.key not in hidden]


def problems_in(questions: Iterable[Question], answers: dict[str, Answer]) -> list[Problem]:
    """What keeps these answers from being submitted, in the order of the questions, which are all asked."""
    found = []
    for question in questions:
        answer = answers.get(question.key)
        sentence = problem_with(question, answer.text if answer else "", answer.choices if answer else [])
        if sentence:
            found.append(Problem(question, sentence))
    return found


def problems_of(sheet: AnswerSheet) -> list[Problem]:
    """What keeps the sheet from being submitted."""
    answers = answers_of(sheet)
    return problems_in(asked_of(questions_of(sheet.version), answers), answers)


def missing_required(sheet: AnswerSheet) -> list[Question]:
    """The required questions without an answer."""
    answers = answers_of(sheet)
    return [
        question
        for question in asked_of(questions_of(sheet.version), answers)
        if question.is_required and not is_answered(answers.get(question.key))
    ]


def is_answered(answer: Answer | None) -> bool:
    """Whether there is anything in it."""
    return answer is not None and bool(answer.text.strip() or answer.choices)
