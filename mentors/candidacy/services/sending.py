"""Send the decisions to everybody at once; each accepted offer becomes a stream. For ten minutes it can be undone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.db.models.functions import Now

from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.cohorts.services import add_stream, invite_member
from mats_portal.cohorts.states import CohortRole
from mats_portal.journal.models import Deed
from mats_portal.journal.services import keep_deed, record
from mats_portal.outbox.kinds import LetterKind
from mats_portal.outbox.models import Letter
from mats_portal.outbox.services import post_letter
from mats_portal.outbox.states import LetterState
from mats_portal.people.models import Invitation
from mats_portal.people.states import InvitationState
from mats_portal.web.text import counted
from mentors.candidacy.errors import NothingPlanned, PlanChanged, SeatsBeyondCeiling, StreamInUse, StreamNamesClash
from mentors.candidacy.letters import NO_SEATS, SEATS_GIVEN, candidacy_facts
from mentors.candidacy.models import Candidacy
from mentors.candidacy.selectors import digest_of_decisions, planned_decisions
from mentors.candidacy.states import DECIDED, CandidacyState

SEND = "send decisions on candidacies"


@transaction.atomic
def send_decisions(*, cohort: Cohort, digest: str, by: Any) -> Deed:
    """Send every decision that is written down, as it was shown: streams, invitations and letters, or nothing.

    Each accepted candidacy becomes a stream with its seats; its mentor and co-mentors are invited and have not
    committed before they sign up. Until the deed can no longer be undone no letter leaves and no candidate reads it.
    Raises `NothingPlanned`, `PlanChanged`, `SeatsBeyondCeiling`, `StreamNamesClash`.
    """
    cohort = Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)
    list(Candidacy.objects.select_for_update().planned().in_cohort(cohort).order_by("pk"))
    decisions = planned_decisions(by, cohort)
    if not decisions:
        raise NothingPlanned
    if digest_of_decisions(decisions) != digest:
        raise PlanChanged
    accepted = [one for one in decisions if one.seats_given]
    _check(cohort, accepted)
    declined = len(decisions) - len(accepted)
    facts: dict[str, Any] = {"counts": [len(accepted), declined], "candidacies": [one.code for one in decisions]}
    made = counted(len(accepted), "stream has its seats", "streams have their seats")
    sentence = f"{made}, {declined} declined. Letters and invitations leave when it can no longer be undone."
    deed = keep_deed(kind=SEND, sentence=sentence, by=by, cohort=cohort, facts=facts)
    for one in decisions:
        _accept(one, deed, by) if one.seats_given else _decide(one, deed, NO_SEATS, CandidacyState.DECLINED)
    seats = sum(one.seats_given or 0 for one in accepted)
    told = {"accepted": len(accepted), "declined": declined, "seats": seats}
    record(by=by, verb=SEND, subject=cohort, cohort=cohort, facts=told)
    return deed


def _check(cohort: Cohort, accepted: list[Candidacy]) -> None:
    streams = Stream.objects.filter(cohort=cohort)
    have = streams.aggregate(seats=Sum("seats", default=0))["seats"]
    given = have + sum(one.seats_given or 0 for one in accepted)
    if accepted and given > cohort.seats:
        raise SeatsBeyondCeiling(given, cohort.seats)
    names = set(streams.values_list("name", flat=True))
    for one in accepted:
        if one.stream_name in names:
            raise StreamNamesClash(one.stream_name)
        names.add(one.stream_name)


def _accept(candidacy: Candidacy, deed: Deed, by: Any) -> None:
    stream = add_stream(
        cohort=candidacy.cohort,
        name=candidacy.stream_name,
        by=by,
        seats=candidacy.seats_given or 0,
        track=candidacy.track,
        agenda=candidacy.agenda,
        viewpoint=candidacy.viewpoint,
        description=candidacy.plan,
    )
    _decide(candidacy, deed, SEATS_GIVEN, CandidacyState.ACCEPTED, stream)
    mentors = [(candidacy.person.name, candidacy.person.email)]
    mentors += [(one.name, one.email) for one in candidacy.co_mentors.all()]
    asked: dict[str, Any] = {"cohort": candidacy.cohort, "role": CohortRole.MENTOR, "stream": stream, "by": by}
    until: datetime = deed.until
    for name, email in mentors:
        invite_member(email=email, name=name, not_before=until, **asked)


def _decide(
    candidacy: Candidacy, deed: Deed, letter: LetterKind, state: CandidacyState, stream: Stream | None = None
) -> None:
    Candidacy.objects.filter(pk=candidacy.pk).update(state=state, decided_at=Now(), stream=stream)
    post_letter(
        kind=letter,
        key=f"{letter.name}:{candidacy.code}:{deed.code}",
        to=candidacy.person,
        facts=candidacy_facts(candidacy),
        cohort=candidacy.cohort,
        about=f"candidacy.candidacy:{candidacy.code}",
        not_before=deed.until,
    )


def undo_sending(*, facts: dict[str, Any], by: Any) -> str:
    """Everything is written down and nobody told, as before; streams that came of it go. Raises `StreamInUse`."""
    decided = Candidacy.objects.filter(code__in=facts["candidacies"], state__in=DECIDED)
    rows = list(decided.select_for_update(of=("self",)).select_related("stream__cohort"))
    streams = [one.stream for one in rows if one.stream is not None]
    for stream in streams:
        if _is_used(stream):
            raise StreamInUse(stream.name)
    offers = [f"{CohortRole.MENTOR}:{stream.code}" for stream in streams]
    invited = Invitation.objects.filter(detail__in=offers, state=InvitationState.OPEN)
    about = [f"candidacy.candidacy:{one.code}" for one in rows]
    about += [f"people.invitation:{code}" for code in invited.values_list("code", flat=True)]
    waiting = Letter.objects.filter(about__in=about, state=LetterState.PLANNED)
    waiting.update(state=LetterState.CANCELLED, note="Undone by whoever sent the decisions.")
    invited.update(state=InvitationState.WITHDRAWN)
    decided.update(state=CandidacyState.SENT, decided_at=None, stream=None)
    Stream.objects.filter(pk__in=[stream.pk for stream in streams]).delete()
    words = counted(len(rows), "decision is", "decisions are")
    return f"{words} written down again and not sent. Nobody was told, and the new streams are gone."


def _is_used(stream: Stream) -> bool:
    """Whether anything but its candidacy holds on to the stream."""
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: stream}).exists()
        for relation in Stream._meta.related_objects
        if relation.related_model is not Candidacy
    )
