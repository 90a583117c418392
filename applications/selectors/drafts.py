"""The draft as its applicant sees it: in parts, with how far each is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef

from applications.models import Application, ApplicationQuerySet, Choice
from applications.snapshot import ranked_choices
from applications.states import ApplicationState
from mats_portal.cohorts.models import Cohort, Membership, Stream
from mats_portal.cohorts.states import CohortRole
from mats_portal.questionnaires.conditions import hidden_keys, on_page
from mats_portal.questionnaires.models import Answer, AnswerSheet, Question
from mats_portal.questionnaires.reading import as_asked
from mats_portal.questionnaires.selectors import (
    Part,
    Problem,
    answers_of_sheets,
    is_answered,
    parts_of,
    problems_in,
    questions_asked,
    questions_of,
)
from mats_portal.questionnaires.sharing import asked_once, identity
from mats_portal.web.statements import Statement
from mats_portal.web.text import counted


@dataclass(frozen=True, slots=True)
class SharedAnswer:
    """A question that several streams ask, with its answer, and the stream and key under which it is answered."""

    asked: dict[str, Any]
    stream: Stream
    home_key: str


@dataclass(frozen=True, slots=True)
class DraftPart:
    """One page of the draft: its questions, how far it is, and what keeps it from being submitted.

    asked: how many of its questions are asked, given the answers; shared: those of a stream
    that are answered under a stream ranked before it.
    """

    part: Part
    choice: Choice | None
    asked: int
    answered: int
    problems: list[Problem]
    shared: list[SharedAnswer] = field(default_factory=list)

    @property
    def is_done(self) -> bool:
        """Whether this part can be submitted."""
        return not self.problems

    @property
    def share(self) -> float:
        """How far it is, from 0 to 1."""
        return 1 - len(self.problems) / self.asked if self.answered and self.asked else float(not self.problems)

    @property
    def note(self) -> str:
        """How much there is to write."""
        if not self.part.questions:
            return "answered under another of your streams"
        words = sum(question.max_words for question in self.part.questions)
        said = counted(self.asked, "question", "questions")
        return f"{said}, at most {words:,} words" if words else said


@dataclass(frozen=True, slots=True)
class Draft:
    """The whole draft as the applicant sees it."""

    application: Application
    general: list[DraftPart]
    choices: list[Choice]
    streams: list[DraftPart]

    @property
    def open_count(self) -> int:
        """How many questions keep it from being submitted."""
        return sum(len(part.problems) for part in [*self.general, *self.streams])

    @property
    def chosen_streams(self) -> list[Stream]:
        """The streams, best first."""
        return [choice.stream for choice in self.choices]

    @property
    def order(self) -> str:
        """The codes of the chosen streams, best first: what a page says that its reader saw."""
        return " ".join(stream.code for stream in self.chosen_streams)

    @property
    def streams_share(self) -> float:
        """1 when a stream is chosen."""
        return float(bool(self.choices))

    @property
    def submitted_share(self) -> float:
        """1 when it is submitted."""
        return float(self.is_submitted)

    @property
    def is_submitted(self) -> bool:
        """Whether it is with us now."""
        return self.application.state == ApplicationState.SUBMITTED

    @property
    def can_withdraw(self) -> bool:
        """Whether there is anything to withdraw."""
        return self.application.state != ApplicationState.WITHDRAWN

    @property
    def is_ready(self) -> bool:
        """Whether everything is there."""
        return bool(self.choices) and not self.open_count


def draft_of(application: Application) -> Draft:
    """The draft in parts, in a fixed number of queries."""
    choices = ranked_choices(application)
    sheets = [application.sheet, *(choice.sheet for choice in choices if choice.sheet)]
    answers = answers_of_sheets(sheets)
    general = _general(application.sheet, answers[application.sheet_id])
    return Draft(application, general, choices, _streams(choices, answers))


def _writing(person: int, slug: str) -> ApplicationQuerySet:
    lean = Application.objects.only("code", "cohort_id", "person_id", "late_saved_at", "sheet_id")
    facts = {f"sheet_{name}": F(f"sheet__{name}") for name in ("version_id", "revision", "saved_at")}
    return lean.filter(person_id=person, cohort__slug=slug).annotate(**facts)


_WRITING = Statement(_writing, person=-1, slug="?slug")


def writing_of(person: Any, slug: str) -> Application | None:
    """The person's application to the cohort with its sheet and little else, for what is saved as it is written."""
    found: Any = _WRITING.first(person=person.pk, slug=slug)
    if found is None:
        return None
    facts = {name: getattr(found, f"sheet_{name}") for name in ("version_id", "revision", "saved_at")}
    found.person, found.sheet = person, AnswerSheet(pk=found.sheet_id, person_id=person.pk, **facts)
    found.sheet._state.adding = False
    application: Application = found
    return application


def asked_on_page(sheet: AnswerSheet, slug: str) -> list[Question]:
    """The questions of a page of the general ones, without looking at answers; none where those decide what is asked.

    Nothing of a page that is not there, either: `draft_of` knows.
    """
    page = next((part for part in parts_of(questions_asked(sheet)) if part.slug == slug), None)
    questions = page.questions if page else []
    here = {question.key for question in questions}
    return questions if all(not one.shown_if or one.shown_if in here for one in questions) else []


def choice_on_its_own(application: Application, code: str) -> Any:
    """The chosen stream of that code with its sheet, or None: also where it shares a question with other streams."""
    chosen = application.choices.filter(rank__isnull=False, sheet__isnull=False, stream__code=code)
    choice: Any = chosen.select_related("sheet").first()
    return None if choice is None or any(one.is_shared for one in questions_asked(choice.sheet)) else choice


def _general(sheet: Any, answers: dict[str, Answer]) -> list[DraftPart]:
    """The pages of the general questions; a page of which nothing is asked is left out."""
    questions = questions_of(sheet.version)
    hidden = hidden_keys(questions, answers)
    pages = [Part(part.slug, part.title, on_page(part.questions, hidden)) for part in parts_of(questions)]
    return [_draft_part(page, None, answers, hidden) for page in pages if page.questions]


def _streams(choices: Sequence[Choice], answers: Mapping[int, dict[str, Answer]]) -> list[DraftPart]:
    """The page of each stream that asks something; what several ask stands on the first one's."""
    asking = [choice for choice in choices if choice.sheet]
    sheets = [choice.sheet for choice in asking if choice.sheet]
    asked = [questions_of(sheet.version) for sheet in sheets]
    hidden = [hidden_keys(questions, answers[sheet.pk]) for questions, sheet in zip(asked, sheets, strict=True)]
    drawn = [on_page(questions, keys) for questions, keys in zip(asked, hidden, strict=True)]
    found = []
    for choice, sheet, group, keys in zip(asking, sheets, asked_once(drawn), hidden, strict=True):
        shared = []
        for question, home in group.elsewhere:
            same = next(one for one in drawn[home] if identity(one) == identity(question))
            told = as_asked(question, answers[sheet.pk].get(question.key))
            shared.append(SharedAnswer(told, asking[home].stream, same.key))
        if group.asked or shared:
            page = Part(choice.stream.code, choice.stream.name, group.asked)
            found.append(replace(_draft_part(page, choice, answers[sheet.pk], keys), shared=shared))
    return found


def _draft_part(part: Part, choice: Choice | None, answers: dict[str, Answer], hidden: frozenset[str]) -> DraftPart:
    asked = [question for question in part.questions if question.key not in hidden]
    problems = problems_in(asked, answers)
    answered = sum(1 for question in asked if is_answered(answers.get(question.key)))
    return DraftPart(part, choice, len(asked), answered, problems)


def streams_on_offer(cohort: Cohort, chosen: Sequence[int] = ()) -> list[Stream]:
    """The cohort's streams by name, without the chosen ones, with their mentors' names as `mentor_names`."""
    mentors = Membership.objects.open().filter(stream=OuterRef("pk"), role=CohortRole.MENTOR).order_by("since", "pk")
    names = ArraySubquery(mentors.values("person__name"))
    rows = Stream.objects.filter(cohort=cohort).exclude(pk__in=chosen).select_related("track")
    return list(rows.annotate(mentor_names=names).order_by("name"))
