"""Who is reminded before the close: those with a draft, and those who asked for it and have not begun."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from applications.letters import DRAFT_REMINDER, INTEREST_REMINDER, REFERENCE_REMINDER, reference_facts
from applications.models import Application, Reference
from applications.outreach.models import Interest
from applications.selectors.references import due_of
from applications.selectors.waiting import LEFT_IN_PEACE
from applications.states import ApplicationState
from applications.tokens import hash_of, token_of
from mats_portal.cohorts.deadlines import describe
from mats_portal.cohorts.deadlines_sql import EffectiveDeadline
from mats_portal.cohorts.models import Milestone
from mats_portal.cohorts.states import MilestoneKind
from mats_portal.outbox.kinds import Due, ReminderKind
from mats_portal.web.links import absolute

BEFORE_REFERENCES = {"T-5d": timedelta(days=5), "T-1d": timedelta(days=1)}
BEFORE = {"T-3d": timedelta(days=3), "T-1d": timedelta(days=1)}


def drafts_due(now: datetime) -> Iterator[Due]:
    """Each draft whose close is near; only the nearer reminder when both would be due at once."""
    closes = EffectiveDeadline(F("cohort_id"), MilestoneKind.APPLICATIONS_CLOSE, F("person_id"))
    near = Application.objects.filter(state=ApplicationState.DRAFT).annotate(closes=closes)
    near = near.filter(closes__gt=now, closes__lte=now + max(BEFORE.values()))
    for application in near.select_related("cohort", "person").order_by("pk").iterator(chunk_size=500):
        at: datetime = application.closes
        occasion = min(
            (name for name, length in BEFORE.items() if at - length <= now), key=lambda name: BEFORE[name], default=""
        )
        if occasion:
            yield _due(application, at, occasion)


def _due(application: Application, at: datetime, occasion: str) -> Due:
    cohort = application.cohort
    facts: dict[str, Any] = {
        "cohort": cohort.name,
        "closes": describe(at, cohort.zone),
        "url": absolute(reverse("applications:apply", args=[cohort.slug])),
    }
    return Due(
        person=application.person,
        key=f"draft:{application.code}:{at:%Y%m%d%H%M}:{occasion}",
        facts=facts,
        cohort=cohort,
        about=f"applications.application:{application.code}",
    )


def interest_due(now: datetime) -> Iterator[Due]:
    """Who asked to be reminded and has not begun an application, three days before the close."""
    closes = Milestone.objects.filter(kind=MilestoneKind.APPLICATIONS_CLOSE, at__gt=now, at__lte=now + BEFORE["T-3d"])
    for milestone in closes.select_related("cohort"):
        cohort = milestone.cohort
        facts = {
            "cohort": cohort.name,
            "closes": describe(milestone.at, cohort.zone),
            "url": absolute(reverse("applications:apply", args=[cohort.slug])),
        }
        begun = Application.objects.in_cohort(cohort).filter(person__email=OuterRef("email"))
        asked = Interest.objects.filter(~Exists(begun), cohort=cohort, wants_reminders=True)
        for interest in asked.order_by("pk").iterator(chunk_size=500):
            yield Due(
                person=None,
                address=interest.email,
                name=interest.name,
                key=f"interest:{interest.code}:{milestone.at:%Y%m%d%H%M}",
                facts=facts,
                cohort=cohort,
                about=f"outreach.interest:{interest.code}",
            )


def references_due(now: datetime) -> Iterator[Due]:
    """Each referee who has neither answered nor declined, five days and one day before references are due.

    Only while the letter is of use: the application is submitted, or a draft that still can be.
    """
    closes = EffectiveDeadline("application__cohort_id", MilestoneKind.APPLICATIONS_CLOSE, "application__person_id")
    missing = Reference.objects.missing().annotate(due_at=due_of("application__"), closes_at=closes)
    wanted = Q(application__state=ApplicationState.SUBMITTED) | Q(
        application__state=ApplicationState.DRAFT, closes_at__gt=now
    )
    near = missing.filter(
        wanted,
        due_at__gt=now,
        due_at__lte=now + max(BEFORE_REFERENCES.values()),
        sent_at__lte=now - LEFT_IN_PEACE,
    )
    rows = near.select_related("application__cohort", "application__person").order_by("pk")
    for reference in rows.iterator(chunk_size=500):
        if reference.token_hash == hash_of(token_of(reference.code)):  # else its link was made with an older key
            yield _reference_due(reference, now)


def _reference_due(reference: Any, now: datetime) -> Due:
    at: datetime = reference.due_at
    near = (name for name, length in BEFORE_REFERENCES.items() if at - length <= now)
    occasion = min(near, key=lambda name: BEFORE_REFERENCES[name])
    return Due(
        person=None,
        address=reference.email,
        name=reference.name,
        key=f"reference reminder:{reference.code}:{at:%Y%m%d%H%M}:{occasion}",
        facts=reference_facts(reference, at),
        cohort=reference.application.cohort,
        about=f"applications.reference:{reference.code}",
    )


INTEREST = ReminderKind(name="applications close soon", letter=INTEREST_REMINDER, due=interest_due)
DRAFTS = ReminderKind(name="draft not submitted", letter=DRAFT_REMINDER, due=drafts_due)
REFERENCES = ReminderKind(name="reference missing", letter=REFERENCE_REMINDER, due=references_due)
