"""What a cohort's applicants could be told now, and what stands in the way of a release."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Now
from django.db.models.lookups import GreaterThan

from applications.models import Application
from mats_portal.cohorts.deadlines_sql import EffectiveDeadline
from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.states import MilestoneKind
from mats_portal.web.text import counted
from mentors.models import Decision, DecisionWords, Offer, Ranking, Release, SelectionRound
from mentors.selectors.market import selection_inputs
from mentors.selectors.offers import digest
from mentors.selectors.reviewing import conflicted_applications
from mentors.states import DecisionKind, FeedbackGroup, OfferState, ReleaseState, RoundState
from mentors.wording import hollow_phrases

UNDER_WAY = (ReleaseState.DRAFT, ReleaseState.HOLDING)


@dataclass(frozen=True, slots=True)
class Proposed:
    """What one applicant could be told. streams: codes of those whose reserve they are on."""

    application: int
    kind: DecisionKind
    group: str = ""
    offer: int | None = None
    streams: tuple[str, ...] = ()


def proposals(cohort: Cohort) -> list[Proposed]:
    """Everything that is decided and has not been told, in the order of the applications' codes.

    Prepared offers are offers. Of the submitted applications without any offer, those above the bar of a stream they
    chose are reserve, the others rejections. Whoever was told that they are on the reserve can only be rejected next
    (group `RESERVE`); whoever was rejected is told nothing more.
    """
    pending = Offer.objects.pending().in_cohort(cohort).filter(application__state="submitted")
    found = [
        Proposed(application, DecisionKind.OFFER, offer=offer)
        for application, offer in pending.order_by("application__code", "pk").values_list("application_id", "pk")
    ]
    on_reserve, told = _reserve_streams(cohort), _told(cohort)
    for pk, reviews, is_ranked in _undecided(cohort).values_list("pk", "review_count", "is_ranked"):
        if told.get(pk) == DecisionKind.REJECTION:
            continue
        if pk in told:
            found.append(Proposed(pk, DecisionKind.REJECTION, FeedbackGroup.RESERVE))
        elif pk in on_reserve:
            found.append(Proposed(pk, DecisionKind.RESERVE, streams=tuple(on_reserve[pk])))
        else:
            read = FeedbackGroup.READ if reviews else FeedbackGroup.UNREAD
            found.append(Proposed(pk, DecisionKind.REJECTION, FeedbackGroup.RANKED if is_ranked else read))
    return found


def _undecided(cohort: Cohort) -> Any:
    """Submitted applications that were never offered anything, prepared offers included."""
    touched = Offer.objects.in_cohort(cohort).exclude(state=OfferState.WITHDRAWN, released_at=None)
    ranked = Ranking.objects.filter(application=OuterRef("pk"))
    found = Application.objects.submitted().in_cohort(cohort).exclude(pk__in=touched.values("application"))
    return found.annotate(is_ranked=Exists(ranked)).order_by("code")


def _reserve_streams(cohort: Cohort) -> dict[int, list[str]]:
    """For each application, the codes of the streams that it chose and that would take it, in order."""
    wanted = Ranking.objects.filter(stream__cohort=cohort, is_acceptable=True)
    rows = wanted.filter(application__preferences__stream=F("stream")).order_by("stream__code")
    found: dict[int, list[str]] = {}
    for application, code in rows.values_list("application_id", "stream__code"):
        found.setdefault(application, []).append(code)
    return found


def _told(cohort: Cohort) -> dict[int, str]:
    """What was told last to each application, but for offers."""
    rows = Decision.objects.told().filter(release__cohort=cohort, offer=None).order_by("release__number")
    return dict(rows.values_list("application_id", "kind"))


def prepared_round(cohort: Cohort) -> SelectionRound | None:
    """The round whose offers are prepared."""
    return SelectionRound.objects.filter(cohort=cohort, state=RoundState.PREPARED).first()


def is_round_current(made: SelectionRound | None) -> bool:
    """Whether a round, if there is one, was run on what is true now."""
    return made is None or digest(selection_inputs(made.cohort)) == made.inputs_hash


def gaps_of(release: Release) -> list[str]:
    """What is missing before a release can be confirmed, or has changed since; sentences for staff."""
    decisions = list(release.decisions.select_related("words"))
    return [*gaps_in_words(decisions), *_gaps_in_facts(release, decisions)]


def gaps_in_words(decisions: Iterable[Decision]) -> list[str]:
    """What is missing in the words of these decisions, and what in them says nothing."""
    used = {decision.words_id: decision.words for decision in decisions}
    found = []
    for words in sorted(used.values(), key=lambda one: one.pk):
        if words.kind == DecisionKind.REJECTION and not (words.text.strip() and words.tags):
            found.append(f"“{words.title}” needs a few sentences of feedback and at least one reason.")
        found += praise_in(words)
    hollow = [phrase for decision in decisions for phrase in hollow_phrases(decision.note)]
    return found + [f"A note says “{phrase}”. Say what is true of this one person." for phrase in hollow]


def praise_in(words: DecisionWords) -> list[str]:
    """What the check of words finds in a text, unless somebody said that it is true of everybody."""
    if words.praise_is_true:
        return []
    phrases = hollow_phrases(words.text)
    return [f"“{words.title}” says “{one}”, which tells its readers nothing. Say what weighed." for one in phrases]


def _gaps_in_facts(release: Release, decisions: list[Decision]) -> list[str]:
    found = []
    changed = changed_since(release, decisions)
    if changed:
        what = counted(changed, "decision is not true any more", "decisions are not true any more")
        found.append(f"{what}: an offer, a ranking or an application changed. Prepare the release anew.")
    if not is_round_current(release.round):
        found.append("Something changed after the round was run. Run the matching again and prepare its offers.")
    if undated(decisions):
        found.append("Set the date by which answers are due, in the future: an offer says until when it holds.")
    return found


def changed_since(release: Release, decisions: Iterable[Decision]) -> int:
    """How many of the decisions nobody would make now as they stand."""
    now = set(proposals(release.cohort))
    return sum(1 for decision in decisions if as_proposed(decision) not in now)


def as_proposed(decision: Decision) -> Proposed:
    """A decision as what it was made from."""
    return Proposed(
        decision.application_id,
        DecisionKind(decision.kind),
        decision.words.group,
        decision.offer_id,
        tuple(decision.streams),
    )


def undated(decisions: Iterable[Decision]) -> bool:
    """Whether an offer among them would hold until no moment, or one that has passed."""
    keys = [decision.offer_id for decision in decisions if decision.offer_id is not None]
    due = EffectiveDeadline("application__cohort_id", MilestoneKind.ANSWERS_DUE, "application__person_id")
    # Asked of each offer in what is read, not in what is filtered: the database may else ask it of every application.
    is_dated = GreaterThan(due, Now())
    dated = Offer.objects.filter(pk__in=keys).values_list(is_dated, flat=True)
    return list(dated).count(True) != len(keys)


def decisions_visible_to(person: Any, release: Release) -> QuerySet[Decision]:
    """The decisions of a release without those about people with whom the reader has a tie."""
    visible = release.decisions.exclude(application__in=conflicted_applications(person))
    return visible.select_related("application__person", "application__cohort", "words", "offer__stream", "release")


def said_in(release: Release) -> list[Decision]:
    """One decision for each wording in use, and every one with a note: what `gaps_in_words` needs to read."""
    first = release.decisions.order_by("words_id", "pk").distinct("words_id").values("pk")
    return list(release.decisions.filter(Q(pk__in=first) | ~Q(note="")).select_related("words"))


def counts_for(person: Any, release: Release) -> tuple[dict[DecisionKind, int], int]:
    """How many decisions of each kind a release has, and how many the reader does not see, in one query."""
    tied = Q(application__in=conflicted_applications(person))
    rows = release.decisions.order_by().values_list("kind").annotate(n=Count("pk"), tied=Count("pk", filter=tied))
    found = {kind: (n, hidden) for kind, n, hidden in rows}
    counts = {kind: found[kind][0] for kind in DecisionKind if kind in found}
    return counts, sum(hidden for _, hidden in found.values())


def counts_of_kinds(rows: Iterable[Proposed]) -> Counter[str]:
    """How many there are of each kind; those who leave the reserve under `closing`."""
    return Counter("closing" if row.group == FeedbackGroup.RESERVE else str(row.kind) for row in rows)
