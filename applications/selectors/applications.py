"""Reads about applications, ready to render."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import Now

from applications.models import Application, ApplicationQuerySet, Choice, Preference, Submission
from applications.snapshot import ranked_choices
from applications.states import ApplicationState
from mats_portal.cohorts.deadlines_sql import EffectiveDeadline
from mats_portal.cohorts.models import Cohort, Membership, Stream
from mats_portal.cohorts.selectors import has_role, open_roles, streams_led_by
from mats_portal.cohorts.states import CohortRole, MilestoneKind
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
from mats_portal.questionnaires.states import Audience
from mats_portal.web.furnishing import furnishings


@dataclass(frozen=True, slots=True)
class Window:
    """When a person may apply, and what time it is, by the database's clock."""

    opens_at: datetime | None
    closes_at: datetime | None
    now: datetime

    @property
    def has_opened(self) -> bool:
        """Whether the opening has come."""
        return self.opens_at is not None and self.opens_at <= self.now

    @property
    def is_closed(self) -> bool:
        """Whether the close has come; it is exclusive."""
        return self.closes_at is not None and self.closes_at <= self.now

    @property
    def is_open(self) -> bool:
        """Whether an application can be submitted now."""
        return self.has_opened and self.closes_at is not None and not self.is_closed


def window_of(cohort: Cohort, person: Any) -> Window:
    """When this person (or anybody: None) may apply to the cohort, with their extension if they have one."""
    opens, closes = MilestoneKind.APPLICATIONS_OPEN, MilestoneKind.APPLICATIONS_CLOSE
    key: int | None = getattr(person, "pk", None)
    row = Cohort.objects.filter(pk=cohort.pk).values_list(
        EffectiveDeadline("pk", opens, key), EffectiveDeadline("pk", closes, key), Now()
    )
    return Window(*row.get())


def applications_visible_to(person: Any) -> ApplicationQuerySet:
    """Their own; for staff all of their cohorts; for mentors those submitted to a stream they lead.

    Later storeys may conceal single ones from a person (a declared tie), never their own.
    Staff see that a draft exists, not what is in it: ask `readable_parts`.
    """
    if not person.is_authenticated:
        return Application.objects.none()
    run = [held.cohort_id for held in open_roles(person) if held.role == CohortRole.STAFF]
    chosen = Preference.objects.filter(stream__in=streams_led_by(person)).values("application")
    led = Q(pk__in=chosen) & Q(state="submitted")
    others = Q(cohort__in=run) | led
    for concealed in furnishings("concealed_applications"):
        others &= ~Q(pk__in=concealed(person))
    return Application.objects.filter(Q(person_id=person.pk) | others)


def application_of(person: Any, cohort: Cohort) -> Application | None:
    """The person's application to the cohort, with what its pages need."""
    return Application.objects.in_cohort(cohort).of(person).select_related("sheet__version", "cohort", "person").first()


def earlier_applications(application: Application) -> QuerySet[Application]:
    """The same person's submitted applications to other cohorts, newest first."""
    others = Application.objects.of(application.person).exclude(pk=application.pk)
    return others.exclude(submitted_at=None).select_related("cohort").order_by("-started_at")


def latest_submission(application: Application) -> Submission | None:
    """What everybody but the applicant reads."""
    return application.submissions.order_by("-number").first()


def own_applications(person: Any) -> list[Application]:
    """The person's applications with their cohorts, newest first; asked once per person object."""
    found: list[Application] | None = getattr(person, "_own_applications", None)
    if found is None:
        own = Application.objects.of(person).select_related("cohort", "person", "sheet__version")
        found = person._own_applications = list(own.order_by("-started_at", "-pk"))
    return found


def submission_for(application: Application, person: Any) -> Any:
    """The latest submission of a submitted application, or None; nothing of a draft or a withdrawn one.

    With `own_streams`: the codes of the streams whose questions the person may read.
    """
    if application.state != "submitted":
        return None
    chosen = Preference.objects.filter(application=application)
    if not has_role(person, application.cohort, CohortRole.REVIEWER, CohortRole.STAFF):
        chosen = chosen.filter(stream__in=streams_led_by(person))  # A reviewer reads all, a mentor their own.
    codes = ArraySubquery(chosen.values("stream__code"))
    return application.submissions.annotate(own_streams=codes).order_by("-number").first()


def readable_parts(application: Application, person: Any, submission: Any = None) -> list[dict[str, Any]]:
    """The parts of the latest submission that this person may read; nothing of a draft or a withdrawn one.

    Staff read all. Others read what is for reviewers and not sensitive; mentors, of the
    streams' questions, only their own streams'. submission: from `submission_for` the same person, if at hand.
    """
    read = submission or submission_for(application, person)
    if read is None:
        return []
    parts: list[dict[str, Any]] = read.content["parts"]
    if has_role(person, application.cohort, CohortRole.STAFF) or application.person_id == person.pk:
        return parts
    kept = (
        {**part, "answers": _for_reviewers(part)}
        for part in parts
        if not part["stream"] or part["stream"] in read.own_streams
    )
    return [part for part in kept if part["answers"]]


def _for_reviewers(part: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        answer for answer in part["answers"] if answer["audience"] == Audience.REVIEWERS and not answer["is_sensitive"]
    ]


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
