"""The draft as its applicant sees it: in parts, with how far each is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from applications.models import Application, Choice
from applications.snapshot import ranked_choices
from applications.states import ApplicationState
from mats_portal.cohorts.models import Cohort, Membership, Stream
from mats_portal.cohorts.states import CohortRole
from mats_portal.questionnaires.models import Answer, Question
from mats_portal.questionnaires.selectors import (
    Part,
    Problem,
    answers_of_sheets,
    is_answered,
    parts_of,
    problems_in,
    questions_of,
)


@dataclass(frozen=True, slots=True)
class DraftPart:
    """One page of the draft: its questions, how far it is, and what keeps it from being submitted."""

    part: Part
    choice: Choice | None
    answered: int
    problems: list[Problem]
    first_open: Question | None

    @property
    def is_done(self) -> bool:
        """Whether this part can be submitted."""
        return not self.problems

    @property
    def share(self) -> float:
        """How far it is, from 0 to 1."""
        questions = len(self.part.questions)
        return 1 - len(self.problems) / questions if self.answered and questions else float(not self.problems)

    @property
    def note(self) -> str:
        """How much there is to write."""
        words = sum(question.max_words for question in self.part.questions)
        questions = len(self.part.questions)
        said = f"{questions} question" + ("" if questions == 1 else "s")
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
    general = [_draft_part(part, None, answers[application.sheet_id]) for part in _parts_of(application.sheet)]
    streams = []
    for choice in choices:
        if choice.sheet and (questions := questions_of(choice.sheet.version)):
            whole = Part(choice.stream.code, choice.stream.name, questions)
            streams.append(_draft_part(whole, choice, answers[choice.sheet.pk]))
    return Draft(application, general, choices, streams)


def _parts_of(sheet: Any) -> list[Part]:
    return parts_of(questions_of(sheet.version))


def _draft_part(part: Part, choice: Choice | None, answers: dict[str, Answer]) -> DraftPart:
    problems = problems_in(part.questions, answers)
    answered = sum(1 for question in part.questions if is_answered(answers.get(question.key)))
    return DraftPart(part, choice, answered, problems, problems[0].question if problems else None)


def streams_on_offer(cohort: Cohort, chosen: Sequence[int] = ()) -> list[Stream]:
    """The cohort's streams by name, without the chosen ones, with their mentors' names as `mentor_names`."""
    mentors = Membership.objects.open().filter(stream=OuterRef("pk"), role=CohortRole.MENTOR).order_by("since", "pk")
    names = ArraySubquery(mentors.values("person__name"))
    rows = Stream.objects.filter(cohort=cohort).exclude(pk__in=chosen).select_related("track")
    return list(rows.annotate(mentor_names=names).order_by("name"))
