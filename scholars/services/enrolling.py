"""Change stream, finish, leave, and the exception for a stream without a mentor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.cohorts.states import CohortRole
from mats_portal.journal.services import record
from mats_portal.outbox.services import post_letter
from mats_portal.web.text import clean_text
from mentors.services import give_back_seat, take_seat
from mentors.services.seats import lock_cohort
from scholars.errors import (
    CountDiffers,
    NobodyChosen,
    NotInProgramme,
    OtherCohort,
    ReasonMissing,
    SameStream,
    StreamWithoutMentor,
)
from scholars.letters import FINISHED, SWITCHED, scholar_facts
from scholars.models import MentorlessException, Scholar, Switch
from scholars.selectors import has_mentor_or_exception
from scholars.services.memberships import close_membership, open_membership
from scholars.states import ScholarState, SwitchReason


@dataclass(frozen=True, slots=True)
class Move:
    """Where a scholar changes to, and why; the note is for staff."""

    target: Stream
    reason: SwitchReason
    note: str = ""


@transaction.atomic
def switch_stream(*, scholar: Scholar, move: Move, by: Any) -> Switch:
    """Move a scholar to another stream of the cohort: one seat given back, one taken, two membership rows.

    Raises NotInProgramme, OtherCohort, SameStream, StreamWithoutMentor, and `mentors.errors.NoSeatLeft`.
    """
    held = _active(scholar)
    target = Stream.objects.select_for_update(no_key=True).get(pk=move.target.pk)
    if target.cohort_id != held.cohort_id:
        raise OtherCohort
    if target.pk == held.stream_id:
        raise SameStream
    if not has_mentor_or_exception(target):
        raise StreamWithoutMentor(f"{target} has no mentor. Choose another stream, or record an exception first.")
    origin = held.stream
    give_back_seat(stream=origin)
    take_seat(stream=target)
    reason = f"changed stream: {move.reason.label}"
    close_membership(person=held.person, cohort=held.cohort, role=CohortRole.SCHOLAR, reason=reason)
    open_membership(person=held.person, cohort=held.cohort, role=CohortRole.SCHOLAR, stream=target)
    Scholar.objects.filter(pk=held.pk).update(stream=target)
    switch = Switch.objects.create(
        scholar=held,
        origin=origin,
        target=target,
        reason=move.reason,
        note=clean_text(move.note).strip(),
        decided_by=by,
    )
    facts = {"from": origin.code, "to": target.code, "reason": str(move.reason)}
    record(by=by, verb="switch stream", subject=held, cohort=held.cohort, facts=facts)
    scholar.refresh_from_db()
    post_letter(
        kind=SWITCHED,
        to=held.person,
        key=f"stream changed:{held.code}:{switch.pk}",
        facts=scholar_facts(scholar),
        cohort=held.cohort,
        about=f"scholars.scholar:{held.code}",
    )
    return switch


@transaction.atomic
def finish_scholars(*, cohort: Cohort, codes: Sequence[str], typed_count: int, by: Any) -> int:
    """Make the chosen scholars alumni. The typed number must be how many were chosen; returns it.

    Raises NobodyChosen, CountDiffers, NotInProgramme.
    """
    lock_cohort(cohort)
    chosen = set(codes)
    if not chosen:
        raise NobodyChosen
    if typed_count != len(chosen):
        raise CountDiffers
    active = Scholar.objects.active().in_cohort(cohort).filter(code__in=chosen)
    scholars = list(active.select_for_update(of=("self",)).select_related("person", "stream", "cohort"))
    if len(scholars) != len(chosen):
        raise NotInProgramme
    for scholar in scholars:
        _end(scholar, ScholarState.FINISHED, "finished the programme", by)
        open_membership(person=scholar.person, cohort=cohort, role=CohortRole.ALUMNUS)
        post_letter(
            kind=FINISHED,
            to=scholar.person,
            key=f"programme finished:{scholar.code}",
            facts=scholar_facts(scholar),
            cohort=cohort,
            about=f"scholars.scholar:{scholar.code}",
        )
    return len(scholars)


@transaction.atomic
def leave_programme(*, scholar: Scholar, reason: str, by: Any) -> None:
    """A scholar leaves early: the seat is free, and the reserve is not called by itself.

    Raises ReasonMissing, NotInProgramme.
    """
    reason = clean_text(reason).strip()[:500]
    if not reason:
        raise ReasonMissing
    held = _active(scholar)
    give_back_seat(stream=held.stream)
    _end(held, ScholarState.LEFT, reason, by)


@transaction.atomic
def allow_mentorless(*, stream: Stream, reason: str, by: Any) -> MentorlessException:
    """Let a stream enrol scholars without a mentor, with the reason. Raises ReasonMissing."""
    reason = clean_text(reason).strip()
    if not reason:
        raise ReasonMissing
    exception, _ = MentorlessException.objects.update_or_create(
        stream=stream, defaults={"reason": reason, "recorded_by": by, "at": Now()}
    )
    record(by=by, verb="allow stream without mentor", subject=stream, cohort=stream.cohort, facts={"reason": reason})
    return exception


def _active(scholar: Scholar) -> Scholar:
    """The scholar's row, locked after the cohort's. Raises NotInProgramme."""
    lock_cohort(scholar.cohort)
    related = Scholar.objects.select_related("person", "stream", "cohort")
    held = related.select_for_update(of=("self",)).get(pk=scholar.pk)
    if held.state != ScholarState.ACTIVE:
        raise NotInProgramme
    return held


def _end(scholar: Scholar, state: ScholarState, reason: str, by: Any) -> None:
    close_membership(person=scholar.person, cohort=scholar.cohort, role=CohortRole.SCHOLAR, reason=reason)
    Scholar.objects.filter(pk=scholar.pk).update(state=state, ended_at=Now(), ended_reason=reason)
    verb = "finish programme" if state == ScholarState.FINISHED else "leave programme"
    record(by=by, verb=verb, subject=scholar, cohort=scholar.cohort, facts={"reason": reason})
