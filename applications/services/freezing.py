"""Freeze a draft as the next submission: what submitting and admitting have in common."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db.models import F, Value
from django.db.models.functions import Now

from applications.errors import ApplicationsClosed, ApplicationsNotOpen, OnlySomeStreamsOpen
from applications.models import Application, Preference, Submission
from applications.selectors import Window, window_of
from applications.services.answer_files import hold_submitted_files
from applications.services.drafting import ACCEPTED_UNTIL
from applications.snapshot import measured, ranked_choices, searched_text
from applications.states import ApplicationState, SubmissionTiming
from mats_portal.cohorts.deadlines_sql import OwnAcceptedUntil
from mats_portal.cohorts.models import Extension
from mats_portal.cohorts.states import MilestoneKind

OWN_ACCEPTED_UNTIL = OwnAcceptedUntil("cohort_id", MilestoneKind.APPLICATIONS_CLOSE, "person_id")


def freeze_in_time(application: Application, content: dict[str, Any], digest: str) -> Submission:
    """The submission, if the database's clock finds the close, and the grace after it, still ahead.

    Raises `ApplicationsNotOpen`, `ApplicationsClosed`, `OnlySomeStreamsOpen`.
    """
    window = window_of(application.cohort, application.person)
    if not window.has_opened:
        raise ApplicationsNotOpen
    _refuse_closed_streams(application, content)
    open_now = Application.objects.filter(pk=application.pk).alias(until=ACCEPTED_UNTIL).filter(until__gt=Now())
    if not open_now.update(**_changes(application, content)):
        raise ApplicationsClosed(window.closes_at)
    application.refresh_from_db()
    at: Any = application.submitted_at
    if window.closes_at and at >= window.closes_at:
        window = window_of(application.cohort, application.person)  # an extension may have come just now
    return _keep(application, content, digest, window, _timing(at, window))


def freeze_late(application: Application, content: dict[str, Any], digest: str) -> Submission:
    """The submission of a draft whose close is over, whatever the clock says."""
    Application.objects.filter(pk=application.pk).update(**_changes(application, content))
    application.refresh_from_db()
    window = window_of(application.cohort, application.person)
    return _keep(application, content, digest, window, SubmissionTiming.ADMITTED)


def _refuse_closed_streams(application: Application, content: dict[str, Any]) -> None:
    """Where a stream alone is open for longer, no other is added to what was submitted in time."""
    codes = {row["code"]: row["name"] for row in content["streams"]}
    longer = Extension.objects.filter(
        cohort=application.cohort_id, kind=MilestoneKind.APPLICATIONS_CLOSE, stream__code__in=codes, at__gt=Now()
    )
    open_streams = dict(longer.values_list("stream__code", "stream__name"))
    if not open_streams:
        return
    if Application.objects.alias(until=OWN_ACCEPTED_UNTIL).filter(pk=application.pk, until__gt=Now()).exists():
        return
    kept = set(application.preferences.values_list("stream__code", flat=True))
    if closed := [name for code, name in codes.items() if code not in kept and code not in open_streams]:
        names = " and ".join(f"“{name}”" for name in open_streams.values())
        raise OnlySomeStreamsOpen(
            f"Applications are open for {names} only. Take {', '.join(f'“{name}”' for name in closed)} off your list, "
            "then submit."
        )


def _changes(application: Application, content: dict[str, Any]) -> dict[str, Any]:
    words = searched_text(application.person.name, application.person.email, content)
    return {
        "state": ApplicationState.SUBMITTED,
        "submitted_at": Now(),
        "changed_at": Now(),
        "withdrawn_at": None,
        "late_saved_at": None,
        "submission_count": F("submission_count") + 1,
        "search": SearchVector(Value(words), config="simple"),
        **measured(content),
    }


def _timing(at: Any, window: Window) -> SubmissionTiming:
    late = window.closes_at is not None and at >= window.closes_at
    return SubmissionTiming.IN_GRACE if late else SubmissionTiming.IN_TIME


def _keep(
    application: Application, content: dict[str, Any], digest: str, window: Window, timing: SubmissionTiming
) -> Submission:
    at: Any = application.submitted_at
    submission = Submission.objects.create(
        application=application,
        number=application.submission_count,
        at=at,
        closes_at=window.closes_at,
        timing=timing,
        digest=digest,
        content=content,
    )
    _prefer(application)
    hold_submitted_files(application, content)
    return submission


def _prefer(application: Application) -> None:
    choices = ranked_choices(application)
    kept = [choice.stream_id for choice in choices]
    application.preferences.exclude(stream__in=kept).delete()
    Preference.objects.bulk_create(
        [
            Preference(application=application, stream_id=choice.stream_id, rank=rank, sheet=choice.sheet)
            for rank, choice in enumerate(choices, 1)
        ],
        update_conflicts=True,
        unique_fields=["application", "stream"],
        update_fields=["rank", "sheet"],
    )
