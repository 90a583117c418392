"""Reads about applications, ready to render."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Q
from django.db.models.functions import Now

from applications.models import Application, ApplicationQuerySet, Preference, Submission
from applications.selectors.naming import is_nameless_to
from mats_portal.cohorts.deadlines_sql import EffectiveDeadline
from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.selectors import has_role, open_roles, streams_led_by
from mats_portal.cohorts.states import CohortRole, MilestoneKind
from mats_portal.questionnaires.states import TELLING_KINDS, Audience, QuestionKind
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
    others = Q(cohort__in=run)
    if led := streams_led_by(person):
        chosen = Preference.objects.filter(stream__in=led).values("application")
        others |= Q(pk__in=chosen) & Q(state="submitted")
    for concealed in furnishings("concealed_applications"):
        others &= ~Q(pk__in=concealed(person))
    return Application.objects.filter(Q(person_id=person.pk) | others)


def application_of(person: Any, cohort: Cohort) -> Application | None:
    """The person's application to the cohort, with what its pages need."""
    return Application.objects.in_cohort(cohort).of(person).select_related("sheet__version", "cohort", "person").first()


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
    streams' questions, only their own streams'; links and addresses open with the name.
    submission: from `submission_for` the same person, if at hand.
    """
    read = submission or submission_for(application, person)
    if read is None:
        return []
    parts: list[dict[str, Any]] = read.content["parts"]
    if has_role(person, application.cohort, CohortRole.STAFF) or application.person_id == person.pk:
        return parts
    is_nameless = is_nameless_to(person, application)
    kept = (
        {**part, "answers": _for_reviewers(part, is_nameless)}
        for part in parts
        if not part["stream"] or part["stream"] in read.own_streams
    )
    return [part for part in kept if part["answers"]]


def _for_reviewers(part: dict[str, Any], is_nameless: bool) -> list[dict[str, Any]]:
    return [
        _kept_back(answer) if is_nameless and answer["kind"] in TELLING_KINDS else answer
        for answer in part["answers"]
        if answer["audience"] == Audience.REVIEWERS and not answer["is_sensitive"]
    ]


def _kept_back(answer: dict[str, Any]) -> dict[str, Any]:
    """The question without its answer, whether or not there is one."""
    kept = {name: value for name, value in answer.items() if name != "file"}
    return {**kept, "kind": QuestionKind.SHORT, "text": "Opens with the name", "choices": [], "is_kept_back": True}
