"""Offer to mentor, change the offer, take it back; and invite somebody to offer."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.urls import reverse

from mats_portal.cohorts.deadlines_sql import AcceptedUntil
from mats_portal.cohorts.models import Cohort
from mats_portal.journal.services import record
from mats_portal.outbox.services import post_letter
from mats_portal.people.invitations import InvitationExpired, InvitationKind, invite
from mats_portal.people.models import Invitation, Person
from mats_portal.web.errors import Refusal
from mats_portal.web.links import absolute
from mentors.candidacy.errors import CandidacyDecided, DecisionsUnderWay, OffersClosed
from mentors.candidacy.letters import INVITATION, RECEIVED, candidacy_facts
from mentors.candidacy.models import Candidacy, CoMentor
from mentors.candidacy.selectors import PURPOSE, open_to
from mentors.candidacy.specs import Proposal
from mentors.candidacy.states import DECIDED, CandidacyState


@transaction.atomic
def send_candidacy(*, cohort: Cohort, proposal: Proposal, by: Any) -> Candidacy:
    """Offer to mentor, or change what was offered. The first time a letter says that it has arrived.

    A withdrawn candidacy is sent again by this. Raises by the database's clock `OffersClosed`,
    `CandidacyDecided`, `DecisionsUnderWay`.
    """
    Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)
    if not open_to(by, cohort, AcceptedUntil).exists():
        raise OffersClosed
    facts = {name: value for name, value in asdict(proposal).items() if name not in ("co_mentors", "track")}
    facts |= {"track": proposal.track, "state": CandidacyState.SENT, "sent_at": Now()}
    before = Candidacy.objects.select_for_update().filter(cohort=cohort, person=by).first()
    if before is not None and before.state in DECIDED:
        raise refusal_of(before)
    candidacy, _ = Candidacy.objects.update_or_create(cohort=cohort, person=by, defaults=facts)
    candidacy.refresh_from_db()
    candidacy.co_mentors.all().delete()
    CoMentor.objects.bulk_create(
        CoMentor(candidacy=candidacy, name=name, email=email) for name, email in proposal.co_mentors
    )
    verb = "offer to mentor" if before is None else "change candidacy"
    record(by=by, verb=verb, subject=candidacy, cohort=cohort, facts={"seats": proposal.seats_asked})
    post_letter(
        kind=RECEIVED,
        key=f"candidacy received:{candidacy.code}",
        to=by,
        facts=candidacy_facts(candidacy),
        cohort=cohort,
        about=f"candidacy.candidacy:{candidacy.code}",
    )
    return candidacy


def refusal_of(candidacy: Candidacy) -> Refusal:
    """Why its person can change nothing any more; before they are told, without what was decided."""
    held = Candidacy.objects.with_told().filter(pk=candidacy.pk, state__in=DECIDED).first()
    return DecisionsUnderWay() if held is not None and not held.is_told else CandidacyDecided()


@transaction.atomic
def withdraw_candidacy(*, candidacy: Candidacy, by: Any) -> None:
    """Take the offer back, at any time before it is decided. Raises `CandidacyDecided`, `DecisionsUnderWay`."""
    waiting = Candidacy.objects.undecided().filter(pk=candidacy.pk, person_id=by.pk)
    if waiting.update(state=CandidacyState.WITHDRAWN, seats_given=None) != 1:
        raise refusal_of(candidacy)
    record(by=by, verb="withdraw candidacy", subject=candidacy, cohort=candidacy.cohort)


@transaction.atomic
def invite_candidate(*, cohort: Cohort, email: str, name: str, by: Any) -> Invitation:
    """Ask somebody by letter whether they would mentor; the link leads to the form."""
    invitation, token = invite(email=email, purpose=PURPOSE, target=cohort.slug, by=by, name=name)
    post_letter(
        kind=INVITATION,
        key=f"invitation to mentor:{invitation.code}",
        to=Person.objects.filter(email=invitation.email).first(),
        address=invitation.email,
        name=name,
        facts={
            "cohort": cohort.name,
            "inviter": str(by),
            "url": absolute(reverse("people:invitation", args=[token])),
        },
        cohort=cohort,
        about=f"people.invitation:{invitation.code}",
    )
    return invitation


def describe_invitation(invitation: Invitation) -> str:
    """What is offered: "offer to mentor in Winter 2026"."""
    return f"offer to mentor in {_cohort(invitation)}"


def accept_invitation_to_offer(*, invitation: Invitation, by: Person) -> str:
    """Go on to the form; nothing else follows."""
    return reverse("candidacy:offer", args=[_cohort(invitation).slug])


def _cohort(invitation: Invitation) -> Cohort:
    cohort = Cohort.objects.filter(slug=invitation.target).first()
    if cohort is None:
        raise InvitationExpired
    return cohort


INVITED = InvitationKind(purpose=PURPOSE, offer=describe_invitation, accept=accept_invitation_to_offer)
