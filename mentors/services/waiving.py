"""A mentor leaves the scoring of an applicant of their stream to others, and then reads what they scored."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from applications.models import Application
from mats_portal.journal.services import record
from mats_portal.web.text import clean_line
from mentors.errors import NotYoursToWaive, OthersHaveScored, WaiverUnexplained
from mentors.models import Assessment, Assignment, Waiver
from mentors.selectors.reviewing import standing_assignments, waivable_by
from mentors.states import WaiverReason


@transaction.atomic
def waive_scoring(*, applications: Collection[Application], reason: WaiverReason, note: str = "", by: Any) -> int:
    """Note that a mentor will not score these applicants of their stream. Returns how many are newly noted.

    What was asked of the mentor is taken back, so that staff see that a reader is missing; what was
    typed stays, unfinished. Raises `NotYoursToWaive` when one of them is scored already, or not of their stream,
    and `WaiverUnexplained` when the reason is another one and the note is empty.
    """
    note = clean_line(note)
    if reason == WaiverReason.OTHER and not note:
        raise WaiverUnexplained
    keys = {application.pk for application in applications}
    locked = list(Application.objects.select_for_update().filter(pk__in=keys).order_by("pk").select_related("cohort"))
    known = set(Waiver.objects.filter(person=by, application__in=keys).values_list("application_id", flat=True))
    new = [application for application in locked if application.pk not in known]
    if waivable_by(by).filter(pk__in=[application.pk for application in new]).count() != len(new):
        raise NotYoursToWaive
    Waiver.objects.bulk_create(Waiver(person=by, application=one, reason=reason, note=note) for one in new)
    asked = standing_assignments(by).filter(application__in=new).values_list("pk", flat=True)
    Assignment.objects.filter(pk__in=list(asked)).update(removed_at=Now())
    for application in new:
        record(
            by=by,
            verb="leave scoring to others",
            subject=application,
            cohort=application.cohort,
            facts={"reason": str(reason)},
        )
    return len(new)


@transaction.atomic
def take_back_waiver(*, waiver: Waiver, by: Any) -> None:
    """The mentor will score the applicant after all: only while nobody else's scores were there to be read.

    Raises `OthersHaveScored`.
    """
    application = Application.objects.select_for_update().select_related("cohort").get(pk=waiver.application_id)
    others = Assessment.objects.filter(application=application, sheet__finished_at__isnull=False)
    if others.exclude(reviewer_id=waiver.person_id).exists():
        raise OthersHaveScored
    Waiver.objects.filter(pk=waiver.pk).delete()
    record(by=by, verb="score after all", subject=application, cohort=application.cohort)
