"""Confirm a release, stop it within its hold, and carry it out at its instant.

Locks are taken cohort, streams, release, offers, as everywhere. Until the instant nothing is different for any
applicant: no state has changed, no letter exists.
"""

from __future__ import annotations

import logging
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.db.models.functions import Now

from applications.models import Application
from mats_portal.cohorts.models import Cohort
from mats_portal.journal.services import record
from mats_portal.outbox.models import Letter
from mats_portal.outbox.services import post_written, write_letter
from mats_portal.web.errors import Refusal
from mentors.errors import CountDiffers, ReleaseNotReady, ReleaseOver, SecondPersonMissing
from mentors.letters import KIND_OF_DECISION, decision_facts
from mentors.models import Decision, Offer, Release, SelectionRound
from mentors.models.releases import HOLD
from mentors.selectors.offers import digest
from mentors.selectors.releases import UNDER_WAY, gaps_of
from mentors.services.offers import expected_ends, open_pending
from mentors.services.releasing import end_release
from mentors.services.seats import lock_cohort, lock_streams
from mentors.states import OfferState, ReleaseState, RoundState

logger = logging.getLogger(__name__)
RELATED = ("application__person", "application__cohort", "words", "offer__stream")
CHANGED = "Something changed after it was confirmed, so nothing was sent. Prepare it anew."


@transaction.atomic
def confirm_release(*, release: Release, typed_count: int, by: Any) -> Release:
    """A second person agrees: the letters are frozen, and go out after the hold unless somebody stops them.

    typed_count: how many letters they say go out. Raises `ReleaseOver`, `SecondPersonMissing`, `ReleaseNotReady` and
    `CountDiffers`.
    """
    cohort = lock_cohort(release.cohort)
    lock_streams(cohort)
    related = Release.objects.select_related("cohort", "round__cohort")
    locked = related.select_for_update(of=("self",)).get(pk=release.pk)
    if locked.state != ReleaseState.DRAFT:
        raise ReleaseOver
    if locked.prepared_by_id == by.pk:
        raise SecondPersonMissing
    if gaps := gaps_of(locked):
        raise ReleaseNotReady(gaps[0])
    count = locked.decisions.count()
    if typed_count != count:
        raise CountDiffers(typed_count, count)
    locked.facts = facts_now(locked)
    told = told_by(locked)
    for decision, facts in told:
        letter = _letter(decision, facts)
        decision.subject, decision.text = letter.subject, letter.text
    Decision.objects.bulk_update([decision for decision, _ in told], ["subject", "text"], batch_size=500)
    Release.objects.filter(pk=locked.pk).update(
        state=ReleaseState.HOLDING,
        facts=locked.facts,
        digest=_digest(told),
        confirmed_by=by,
        confirmed_at=Now(),
        goes_at=Now() + HOLD,
    )
    release.refresh_from_db()
    record(by=by, verb="confirm release", subject=release, cohort=cohort, facts={"letters": count})
    return release


@transaction.atomic
def stop_release(*, release: Release, by: Any) -> None:
    """Take a release back before it went out: nobody was told, and every decision is as it was before.

    Raises `ReleaseOver`.
    """
    lock_cohort(release.cohort)
    release.refresh_from_db()
    if release.state not in UNDER_WAY:
        raise ReleaseOver
    end_release(release, ReleaseState.STOPPED, by=by, why=f"{by} stopped it.")


def carry_out_releases() -> int:
    """Send every release whose hold is over, each in a transaction of its own; returns how many went out."""
    due = Release.objects.filter(state=ReleaseState.HOLDING, goes_at__lte=Now())
    return sum(carry_out_release(release=release) for release in due.select_related("cohort").order_by("goes_at"))


@transaction.atomic
def carry_out_release(*, release: Release) -> bool:
    """At its instant: every offer opens, every letter is posted, all in one transaction; returns whether they were.

    If anything is not as it was confirmed, nothing goes out: the release is stopped, and staff see why.
    """
    cohort = lock_cohort(release.cohort)
    lock_streams(cohort)
    ripe = Release.objects.filter(pk=release.pk, state=ReleaseState.HOLDING, goes_at__lte=Now())
    locked = ripe.select_for_update(of=("self",)).select_related("cohort", "round__cohort", "confirmed_by").first()
    if locked is None:
        return False
    try:
        with transaction.atomic():
            _send(locked)
    except Refusal as refusal:
        logger.warning("A release of %s was stopped at its instant.", cohort.slug)
        end_release(locked, ReleaseState.STOPPED, by=None, why=refusal.sentence)
        return False
    return True


def _send(release: Release) -> None:
    """Raises a `Refusal` with the sentence for staff when the release is not as it was confirmed."""
    told = told_by(release)
    if gaps_of(release) or _digest(told) != release.digest:
        raise ReleaseNotReady(CHANGED)
    open_pending([decision.offer_id for decision, _ in told if decision.offer_id is not None])
    post_written(letters=[_letter(decision, facts) for decision, facts in told])
    if release.round_id is not None:
        made = SelectionRound.objects.filter(pk=release.round_id, state=RoundState.PREPARED)
        made.update(state=RoundState.RELEASED, released_at=Now(), released_by=release.confirmed_by)
    end_release(release, ReleaseState.SENT, by=release.confirmed_by)


Told = tuple[Decision, dict[str, Any]]


def told_by(release: Release) -> list[Told]:
    """Every decision with what its letter would say now."""
    decisions = list(release.decisions.select_related(*RELATED).order_by("pk"))
    _with_ends([decision.offer for decision in decisions if decision.offer is not None])
    counts = release.facts or facts_now(release)
    return [(decision, decision_facts(decision, counts)) for decision in decisions]


def letter_of(decision: Decision) -> Letter:
    """The letter of one decision: as it was confirmed, or as it would read now."""
    if decision.offer is not None:
        _with_ends([decision.offer])
    return _letter(decision, decision_facts(decision, decision.release.facts or facts_now(decision.release)))


def _with_ends(offers: list[Offer]) -> None:
    """Tell prepared offers until when they would hold, so that their letters can say it."""
    ends = expected_ends([offer.pk for offer in offers if offer.state == OfferState.PENDING])
    for offer in offers:
        offer.expires_at = ends.get(offer.pk, offer.expires_at)


def _letter(decision: Decision, facts: dict[str, Any]) -> Letter:
    """Not saved; with the words that were confirmed, once they were."""
    about = f"mentors.offer:{decision.offer.code}" if decision.offer else f"mentors.decision:{decision.code}"
    letter = write_letter(
        kind=KIND_OF_DECISION[decision.kind],
        key=f"offer:{decision.offer.code}" if decision.offer else f"decision:{decision.code}",
        to=decision.application.person,
        facts=facts,
        cohort=decision.application.cohort,
        about=about,
    )
    if decision.text:
        letter.subject, letter.text = decision.subject, decision.text
    return letter


def facts_now(release: Release) -> dict[str, int]:
    """The counts that letters tell: applications, seats, offers so far with these, people on the reserve with these."""
    cohort: Cohort = release.cohort
    applied = Application.objects.submitted().in_cohort(cohort).count()
    offered = Offer.objects.in_cohort(cohort).filter(released_at__isnull=False).values("application")
    told = Decision.objects.filter(Q(release__state=ReleaseState.SENT) | Q(release=release), release__cohort=cohort)
    counts = told.aggregate(
        offers=Count("application", distinct=True, filter=Q(kind="offer") & ~Q(application__in=offered)),
        reserve=Count("application", distinct=True, filter=Q(kind="reserve")),
    )
    offers = offered.distinct().count() + counts["offers"]
    return {"applications": applied, "seats": cohort.seats, "offers": offers, "reserve": counts["reserve"]}


def _digest(told: list[Told]) -> str:
    """Of everything that the letters say and to whom; not of the site's address, which is no decision."""
    said = [{name: value for name, value in facts.items() if name != "url"} for _, facts in told]
    return digest([[one.code, one.application.person.email, facts] for (one, _), facts in zip(told, said, strict=True)])
