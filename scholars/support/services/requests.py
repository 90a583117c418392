"""Ask, take, note, hand over, close, take back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from mats_portal.cohorts.models import Cohort
from mats_portal.web.errors import Refusal
from scholars.support.models import Opening, SupportNote, SupportRequest
from scholars.support.policies import can_ask_support, can_work_on_request, supports
from scholars.support.router import SUPPORT
from scholars.support.selectors import support_people
from scholars.support.services.notices import notify
from scholars.support.states import OPEN_STATES, Closing, RequestKind, RequestState


class NotAScholarHere(Refusal):
    """Only scholars of the cohort can ask its support."""


class TakenByAnother(Refusal):
    """A colleague was faster and has this request now. Go on with the next one."""


class NotYours(Refusal):
    """Only who has taken the request can do this. Look at the queue again."""


class NoLongerOpen(Refusal):
    """This request is no longer open. Ask again if you need something."""


class NotSupportHere(Refusal):
    """A request can only be handed to somebody who is scholar support of this cohort."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How a request ended: in which way, and how many hours the scholar says it saved."""

    closing: Closing
    hours_saved: Decimal | None = None


@transaction.atomic(using=SUPPORT)
def ask_support(*, by: Any, cohort: Cohort, kind: RequestKind, text: str, form_key: str) -> SupportRequest:
    """A scholar asks; the same form sent twice asks once. Raises NotAScholarHere."""
    if not can_ask_support(by, cohort).allowed:
        raise NotAScholarHere
    request, is_new = SupportRequest.objects.get_or_create(
        scholar_code=by.code, form_key=form_key, defaults={"cohort_slug": cohort.slug, "kind": kind, "text": text}
    )
    if is_new:
        notify(support_people(cohort))
    return request


@transaction.atomic(using=SUPPORT)
def take_request(*, by: Any, request: SupportRequest) -> None:
    """A support person takes a waiting request; taking it twice is taking it. Raises NotSupportHere, TakenByAnother."""
    if not supports(by, request.cohort_slug):
        raise NotSupportHere
    waiting = SupportRequest.objects.waiting().filter(pk=request.pk)
    is_new = waiting.update(state=RequestState.TAKEN, taken_by_code=by.code, taken_at=Now())
    if not is_new and not SupportRequest.objects.taken_by(by.code).filter(pk=request.pk).exists():
        raise TakenByAnother
    request.refresh_from_db()


@transaction.atomic(using=SUPPORT)
def write_note(*, by: Any, request: SupportRequest, text: str, form_key: str) -> SupportNote:
    """Who has taken the request writes down a note; the same form sent twice writes one. Raises NotYours."""
    held = SupportRequest.objects.select_for_update().get(pk=request.pk)
    if not can_work_on_request(by, held).allowed:
        raise NotYours
    note, _ = SupportNote.objects.get_or_create(
        request=held, form_key=form_key, defaults={"author_code": by.code, "text": text}
    )
    return note


@transaction.atomic(using=SUPPORT)
def plan_request(*, by: Any, request: SupportRequest, meet_at: datetime | None, follow_up_on: date | None) -> None:
    """Set when to meet and when to ask again. The scholar sees the meeting. Raises NotYours."""
    _change_own(by, request, meet_at=meet_at, follow_up_on=follow_up_on)


@transaction.atomic(using=SUPPORT)
def hand_over_request(*, by: Any, request: SupportRequest, to: Any) -> None:
    """Give a request, with its notes, to another support person of the cohort. Raises NotYours, NotSupportHere."""
    if not supports(to, request.cohort_slug):
        raise NotSupportHere
    _change_own(by, request, taken_by_code=to.code, taken_at=Now())
    notify([to])


@transaction.atomic(using=SUPPORT)
def close_request(*, by: Any, request: SupportRequest, ending: Ending) -> None:
    """Close a request with how it ended. Raises NotYours."""
    _change_own(
        by,
        request,
        state=RequestState.CLOSED,
        closed_at=Now(),
        closing=ending.closing,
        hours_saved=ending.hours_saved,
        follow_up_on=None,
    )


@transaction.atomic(using=SUPPORT)
def reopen_request(*, by: Any, request: SupportRequest) -> None:
    """Undo the closing. Raises NotYours."""
    own = SupportRequest.objects.filter(pk=request.pk, state=RequestState.CLOSED, taken_by_code=by.code)
    if not own.update(state=RequestState.TAKEN, closed_at=None, closing="", hours_saved=None):
        raise NotYours


@transaction.atomic(using=SUPPORT)
def take_back_request(*, by: Any, request: SupportRequest) -> None:
    """The scholar no longer needs it. Raises NoLongerOpen."""
    own = SupportRequest.objects.of_scholar(by.code).filter(pk=request.pk, state__in=OPEN_STATES)
    if not own.update(state=RequestState.WITHDRAWN, closed_at=Now(), follow_up_on=None):
        raise NoLongerOpen


def record_opening(*, by: Any, request: SupportRequest, glass: Any = None) -> None:
    """Write down that somebody opens a scholar's request, once a day (UTC) per way in; the scholar reads this list."""
    day = Opening(request=request, reader_code=by.code, glass=glass, on=_today())
    Opening.objects.bulk_create([day], ignore_conflicts=True)


def _today() -> date:
    with transaction.get_connection(SUPPORT).cursor() as cursor:
        cursor.execute("SELECT (statement_timestamp() AT TIME ZONE 'UTC')::date")
        today: date = cursor.fetchone()[0]
    return today


def _change_own(by: Any, request: SupportRequest, **changes: Any) -> None:
    """Change a request that this support person has; the row itself decides. Raises NotYours."""
    if not supports(by, request.cohort_slug):
        raise NotYours
    if not SupportRequest.objects.taken_by(by.code).filter(pk=request.pk).update(**changes):
        raise NotYours
    request.refresh_from_db()
