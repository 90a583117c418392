"""What a bulk action would do, before it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Concat, Now
from django.urls import reverse

from applications.letters import DRAFT_REMINDER
from applications.models import Application, ApplicationQuerySet, Label, Labelling
from applications.states import ApplicationState
from mats_portal.cohorts.deadlines import describe
from mats_portal.cohorts.deadlines_sql import EffectiveDeadline
from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.states import MilestoneKind
from mats_portal.outbox.models import Letter
from mats_portal.outbox.states import LetterState
from mats_portal.web.links import absolute

IN_PEACE = timedelta(days=1)  # between two reminders of one draft, whoever asks for them
NAMED = 8


@dataclass(frozen=True, slots=True)
class Chosen:
    """How many applications were chosen, how many of them the action concerns, and some names."""

    count: int
    concerned: int
    names: list[str]


def chosen(applications: ApplicationQuerySet, act: str, label: Label | None = None) -> Chosen:
    """What `act` (label, unlabel, remind) would do to these applications."""
    concerned: QuerySet[Application] = applications
    if act == "remind":
        concerned = drafts_to_remind(applications)
    if label is not None:
        carried = Exists(Labelling.objects.filter(label=label, application=OuterRef("pk")))
        concerned = applications.filter(~carried if act == "label" else carried)
    names = concerned.order_by("person__name", "pk").values_list("person__name", flat=True)[:NAMED]
    return Chosen(applications.count(), concerned.count(), list(names))


def drafts_to_remind(applications: ApplicationQuerySet) -> QuerySet[Application]:
    """Drafts that can still be submitted and were not reminded within a day, with `closes_at`, person and cohort."""
    about = Concat(Value("applications.application:"), OuterRef("code"), output_field=CharField())
    lately = Letter.objects.filter(about=about, kind=DRAFT_REMINDER.name, planned_at__gt=Now() - IN_PEACE)
    lately = lately.exclude(state=LetterState.CANCELLED)
    closes = EffectiveDeadline(F("cohort_id"), MilestoneKind.APPLICATIONS_CLOSE, F("person_id"))
    open_ = applications.filter(state=ApplicationState.DRAFT).annotate(closes_at=closes).filter(closes_at__gt=Now())
    return open_.exclude(Exists(lately)).select_related("person", "cohort").order_by("pk")


def draft_letter(draft: Any) -> tuple[str, dict[str, str]]:
    """Of a draft with `closes_at`: the beginning of a reminder's key, and what the reminder says.

    The key names the close, so that a letter about another close is not sent.
    """
    at = draft.closes_at
    facts = {
        "cohort": draft.cohort.name,
        "closes": describe(at, draft.cohort.zone),
        "url": absolute(reverse("applications:apply", args=[draft.cohort.slug])),
    }
    return f"draft:{draft.code}:{at:%Y%m%d%H%M}:asked", facts


def labels_of(cohort: Cohort) -> list[Label]:
    """The cohort's labels, by name."""
    return list(Label.objects.filter(cohort=cohort))


def carrying(codes: list[str]) -> Exists:
    """Whether an application carries one of the labels, for `filter`."""
    return Exists(Labelling.objects.filter(application=OuterRef("pk"), label__code__in=codes))
