"""Give the seats: written down first, sent to everybody at once, and each accepted offer becomes a stream."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.db.models.functions import Now

from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.cohorts.services import add_stream, invite_member
from mats_portal.cohorts.states import CohortRole
from mats_portal.journal.services import record
from mats_portal.outbox.kinds import LetterKind
from mats_portal.outbox.services import post_letter
from mentors.candidacy.errors import (
    CandidacyDecided,
    NothingPlanned,
    PlanChanged,
    SeatsBeyondCeiling,
    StreamNamesClash,
)
from mentors.candidacy.letters import NO_SEATS, SEATS_GIVEN, candidacy_facts
from mentors.candidacy.models import Candidacy
from mentors.candidacy.selectors import candidacies_visible_to, digest_of_decisions, planned_decisions
from mentors.candidacy.states import CandidacyState


@transaction.atomic
def plan_seats(*, cohort: Cohort, seats: Mapping[str, int | None], by: Any) -> int:
    """Write down how many seats each candidacy is to get, by its code; None takes a decision back. Nobody is told.

    Codes that the person may not see, and decided ones, are left alone. Returns how many changed.
    """
    waiting = candidacies_visible_to(by).in_cohort(cohort).undecided().filter(code__in=seats)
    changed = {}
    for candidacy in Candidacy.objects.select_for_update().filter(pk__in=waiting.values("pk")):
        if candidacy.seats_given != seats[candidacy.code]:
            Candidacy.objects.filter(pk=candidacy.pk).update(seats_given=seats[candidacy.code])
            changed[candidacy.code] = [candidacy.seats_given, seats[candidacy.code]]
    if changed:
        record(by=by, verb="plan seats", subject=cohort, cohort=cohort, facts={"seats": changed})
    return len(changed)


@transaction.atomic
def plan_decision(*, candidacy: Candidacy, seats: int | None, stream_name: str, word: str, by: Any) -> None:
    """Write one decision down: the seats, the stream's name, what the candidate is told. Raises `CandidacyDecided`."""
    waiting = Candidacy.objects.undecided().filter(pk=candidacy.pk)
    if waiting.update(seats_given=seats, stream_name=stream_name, word=word) != 1:
        raise CandidacyDecided
    facts = {"seats": {candidacy.code: [candidacy.seats_given, seats]}}
    record(by=by, verb="plan seats", subject=candidacy, cohort=candidacy.cohort, facts=facts)


@transaction.atomic
def send_decisions(*, cohort: Cohort, digest: str, by: Any) -> tuple[int, int]:
    """Send every decision that is written down, as it was shown: streams, invitations and letters, or nothing.

    Each accepted candidacy becomes a stream with its seats; its mentor and co-mentors are invited and have not
    committed before they sign up. Returns how many were accepted and declined.
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
    for one in decisions:
        _accept(one, by) if one.seats_given else _decide(one, NO_SEATS, CandidacyState.DECLINED)
    counts = (len(accepted), len(decisions) - len(accepted))
    facts = {"accepted": counts[0], "declined": counts[1], "seats": sum(one.seats_given or 0 for one in accepted)}
    record(by=by, verb="send decisions on candidacies", subject=cohort, cohort=cohort, facts=facts)
    return counts


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


def _accept(candidacy: Candidacy, by: Any) -> None:
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
    _decide(candidacy, SEATS_GIVEN, CandidacyState.ACCEPTED, stream)
    mentors = [(candidacy.person.name, candidacy.person.email)]
    mentors += [(one.name, one.email) for one in candidacy.co_mentors.all()]
    for name, email in mentors:
        invite_member(cohort=candidacy.cohort, email=email, role=CohortRole.MENTOR, by=by, stream=stream, name=name)


def _decide(candidacy: Candidacy, letter: LetterKind, state: CandidacyState, stream: Stream | None = None) -> None:
    Candidacy.objects.filter(pk=candidacy.pk).update(state=state, decided_at=Now(), stream=stream)
    post_letter(
        kind=letter,
        key=f"{letter.name}:{candidacy.code}",
        to=candidacy.person,
        facts=candidacy_facts(candidacy),
        cohort=candidacy.cohort,
        about=f"candidacy.candidacy:{candidacy.code}",
    )
