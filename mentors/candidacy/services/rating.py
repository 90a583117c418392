"""Ask experts about candidacies, rate one, step back from one."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.urls import reverse

from mats_portal.cohorts.models import Cohort
from mats_portal.journal.services import record
from mats_portal.outbox.services import post_letter
from mats_portal.people.models import Person
from mats_portal.web.links import absolute
from mats_portal.web.text import clean_text, counted
from mentors.candidacy.errors import AskChanged, NobodyToAsk, NotARating, NotAsked
from mentors.candidacy.letters import ASKED
from mentors.candidacy.models import Candidacy, CandidacyTie, Rating
from mentors.candidacy.selectors import ask_plan
from mentors.candidacy.states import HIGHEST, LOWEST, MOST_SEATS, CandidacyState
from mentors.states import ConflictKind


@transaction.atomic
def ask_experts(*, cohort: Cohort, experts: Collection[Person], opinions: int, digest: str, by: Any) -> int:
    """Ask as previewed: the plan is made anew under the cohort's lock and must be the one that was shown.

    One letter for each expert. Returns how many ratings were asked for. Raises `AskChanged`, `NobodyToAsk`.
    """
    Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)
    plan = ask_plan(cohort, experts=experts, opinions=opinions)
    if plan.digest != digest:
        raise AskChanged
    if not plan.pairs:
        raise NobodyToAsk
    Rating.objects.bulk_create(
        Rating(candidacy_id=candidacy, expert_id=expert, asked_by=by) for candidacy, expert in plan.pairs
    )
    url = absolute(reverse("candidacy:rate", args=[cohort.slug]))
    for expert, count in plan.loads:
        words = counted(count, "offer to mentor", "offers to mentor")
        post_letter(
            kind=ASKED,
            key=f"candidacies to rate:{cohort.slug}:{expert.code}:{digest}",
            to=expert,
            facts={"cohort": cohort.name, "words": words, "url": url},
            cohort=cohort,
        )
    facts = {"asked": len(plan.pairs), "experts": len(plan.loads)}
    record(by=by, verb="ask experts", subject=cohort, cohort=cohort, facts=facts)
    return len(plan.pairs)


@transaction.atomic
def rate_candidacy(*, candidacy: Candidacy, value: int | None, seats: int | None, comment: str, by: Any) -> Rating:
    """Give, or change, one's own rating; from then on others' may be seen.

    value: 1 to 5; seats: how many one would give, None for no opinion. Raises `NotARating`, `NotAsked`.
    """
    if value is None or not LOWEST <= value <= HIGHEST or (seats is not None and not 0 <= seats <= MOST_SEATS):
        raise NotARating
    asked = Rating.objects.of(by).filter(candidacy=candidacy, candidacy__state=CandidacyState.SENT)
    tied = CandidacyTie.objects.filter(candidacy=candidacy, person=by).exists()
    if tied or asked.update(value=value, seats=seats, comment=clean_text(comment), rated_at=Now()) != 1:
        raise NotAsked
    record(by=by, verb="rate candidacy", subject=candidacy, cohort=candidacy.cohort)
    return Rating.objects.get(candidacy=candidacy, expert=by)


@transaction.atomic
def declare_tie(*, candidacy: Candidacy, kind: ConflictKind, by: Any) -> None:
    """Step back from a candidacy: it vanishes for the person, and a rating of theirs goes with it."""
    _, is_new = CandidacyTie.objects.get_or_create(candidacy=candidacy, person=by, defaults={"kind": kind})
    if is_new:
        Rating.objects.of(by).filter(candidacy=candidacy).delete()
        record(by=by, verb="declare tie with candidate", subject=candidacy, cohort=candidacy.cohort)
