"""What a person wrote and applied for before: for themselves to use again, for staff to know of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from applications.models import Application
from applications.selectors.applications import applications_visible_to
from mats_portal.questionnaires.models import Answer, Question
from mats_portal.questionnaires.reading import in_words
from mats_portal.questionnaires.selectors import is_answered
from mats_portal.questionnaires.states import CHOICE_KINDS, QuestionKind
from mats_portal.web.furnishing import furnishings

# A consent, a date and a file are given anew each time; a grid and an order are made anew faster than they are checked.
NEVER_AGAIN = (
    QuestionKind.CONSENT,
    QuestionKind.DATE,
    QuestionKind.FILE,
    QuestionKind.MATRIX,
    QuestionKind.RANKED,
)


@dataclass(frozen=True, slots=True)
class EarlierAnswer:
    """What the person answered to the same question in another cohort; `words` is how a page says it."""

    cohort: str
    text: str
    choices: list[str]
    words: str
    is_essay: bool


@dataclass(frozen=True, slots=True)
class Before:
    """An earlier application as staff see it: never a score. `url` and `outcome` only for who may read that one."""

    application: Application
    outcome: str
    url: str


def earlier_answers(application: Application, questions: Iterable[Question]) -> dict[str, EarlierAnswer]:
    """The person's latest answer to each of these questions in another cohort, by the question's key; one query.

    The same question is one of the same kind with the same wording, or one that is counted by under the same name.
    An answer whose choices are not offered any more is left out; so are the kinds of `NEVER_AGAIN`.
    """
    asked = [question for question in questions if question.kind not in NEVER_AGAIN]
    if not asked:
        return {}
    rows = list(_answers_elsewhere(application, asked))
    found = {}
    for question in asked:
        if (answer := next((one for one in rows if _fits(question, one)), None)) is not None:
            words, is_essay = in_words(answer.question, answer), question.kind == QuestionKind.LONG
            found[question.key] = EarlierAnswer(answer.cohort_name, answer.text, list(answer.choices), words, is_essay)
    return found


def _answers_elsewhere(application: Application, asked: list[Question]) -> QuerySet[Any]:
    """The person's answers in other cohorts to questions like these, the latest first, with `cohort_name`."""
    own = Q(sheet__application__person=application.person_id) | Q(
        sheet__stream_choice__application__person=application.person_id
    )
    measures = [question.measures for question in asked if question.measures]
    alike = Q(question__wording__in=[question.wording for question in asked]) | Q(question__measures__in=measures)
    cohort = "sheet__version__questionnaire__cohort"
    rows = Answer.objects.filter(own, alike).exclude(**{cohort: application.cohort_id})
    named = rows.annotate(cohort_name=F(f"{cohort}__name"), at=Coalesce("sheet__saved_at", "sheet__version__made_at"))
    return named.select_related("question").order_by("-at", "-pk")


def _fits(question: Question, answer: Answer) -> bool:
    asked = answer.question
    is_same = asked.wording == question.wording or (question.measures and asked.measures == question.measures)
    if not is_same or asked.kind != question.kind or not is_answered(answer):
        return False
    return question.kind not in CHOICE_KINDS or set(answer.choices) <= set(question.options)


def earlier_applications(application: Application) -> QuerySet[Application]:
    """The same person's submitted applications to other cohorts, newest first."""
    others = Application.objects.of(application.person).exclude(pk=application.pk)
    return others.exclude(submitted_at=None).select_related("cohort").order_by("-started_at")


def before(application: Application, person: Any) -> list[Before]:
    """What the applicant applied for before, as this reader may know it; later storeys furnish what became of it."""
    earlier = list(earlier_applications(application))
    if not earlier:
        return []
    visible = applications_visible_to(person).filter(pk__in=[one.pk for one in earlier])
    readable = set(visible.values_list("pk", flat=True))
    open_to = [one for one in earlier if one.pk in readable]
    outcomes: dict[int, str] = {}
    for tell in furnishings("application_outcomes"):
        outcomes |= tell(open_to)
    return [
        Before(one, outcomes.get(one.pk, ""), one.get_absolute_url() if one.pk in readable else "") for one in earlier
    ]
