"""Prepare a release: gather what is decided, give it words, leave somebody out.

Whoever changes a release is who prepared it, and cannot confirm it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Now

from mats_portal.cohorts.models import Cohort
from mats_portal.journal.services import record
from mats_portal.web.text import clean_text
from mentors.errors import NothingToRelease, ReleaseOver, ReleaseUnderWay, RoundStale
from mentors.models import Decision, DecisionWords, Release
from mentors.selectors.releases import UNDER_WAY, Proposed, is_round_current, prepared_round, proposals
from mentors.services.seats import lock_cohort
from mentors.states import DecisionKind, FeedbackGroup, ReasonTag, ReleaseState

CHANGED_ITS_MIND = "Prepared anew."


@dataclass(frozen=True, slots=True)
class Wording:
    """What is said to everybody of one kind and group."""

    text: str
    tags: Collection[str] = ()
    praise_is_true: bool = False


@transaction.atomic
def prepare_release(
    *, cohort: Cohort, kinds: Collection[DecisionKind], close_reserve: bool = False, by: Any
) -> Release:
    """Gather the decisions of these kinds into a draft. Nobody is told, and nothing changes for anybody.

    close_reserve: whether those who were told that they are on the reserve are now told that it is over.
    Words and notes of the release before are taken over. Raises `ReleaseUnderWay`, `RoundStale`, `NothingToRelease`.
    """
    cohort = lock_cohort(cohort)
    if Release.objects.filter(cohort=cohort, state__in=UNDER_WAY).exists():
        raise ReleaseUnderWay
    made = prepared_round(cohort) if DecisionKind.OFFER in kinds else None
    if not is_round_current(made):
        raise RoundStale
    rows = [row for row in proposals(cohort) if _is_asked_for(row, kinds, close_reserve)]
    if not rows:
        raise NothingToRelease
    last = Release.objects.filter(cohort=cohort).aggregate(last=Max("number"))["last"] or 0
    release = Release.objects.create(cohort=cohort, number=last + 1, round=made, prepared_by=by)
    _fill(release, rows)
    record(by=by, verb="prepare release", subject=release, cohort=cohort, facts={"decisions": len(rows)})
    return release


def _is_asked_for(row: Proposed, kinds: Collection[DecisionKind], close_reserve: bool) -> bool:
    return close_reserve if row.group == FeedbackGroup.RESERVE else row.kind in kinds


def _fill(release: Release, rows: list[Proposed]) -> None:
    """The draft's words, one for each kind and group, and its decisions."""
    before = {(one.kind, one.group): one for one in _words_before(release)}
    words = {}
    for kind, group in sorted({(row.kind, row.group) for row in rows}):
        old = before.get((kind, group))
        said = {"text": old.text, "tags": old.tags, "praise_is_true": old.praise_is_true} if old else {}
        words[kind, group] = DecisionWords.objects.create(release=release, kind=kind, group=group, **said)
    notes = _notes_before(release)
    Decision.objects.bulk_create(
        Decision(
            release=release,
            application_id=row.application,
            kind=row.kind,
            words=words[row.kind, row.group],
            offer_id=row.offer,
            streams=list(row.streams),
            note=notes.get((row.application, row.kind), ""),
        )
        for row in rows
    )


def _words_before(release: Release) -> list[DecisionWords]:
    """The words of earlier releases of the cohort, oldest first, so that the newest win."""
    earlier = DecisionWords.objects.filter(release__cohort=release.cohort).exclude(release=release)
    return list(earlier.order_by("release__number"))


def _notes_before(release: Release) -> dict[tuple[int, str], str]:
    """Notes that were written into a release which never went out."""
    stopped = Decision.objects.filter(release__cohort=release.cohort, release__state=ReleaseState.STOPPED)
    rows = stopped.exclude(note="").order_by("release__number").values_list("application_id", "kind", "note")
    return {(application, kind): note for application, kind, note in rows}


@transaction.atomic
def word_release(*, release: Release, wordings: Mapping[DecisionWords, Wording], by: Any) -> None:
    """Save what the release says, finished or not: what is missing holds back the confirming, not the saving.

    Raises `ReleaseOver`.
    """
    _open_draft(release, by)
    for words, wording in wordings.items():
        release.words.filter(pk=words.pk).update(
            text=clean_text(wording.text).strip(),
            tags=[tag for tag in ReasonTag.values if tag in wording.tags],
            praise_is_true=wording.praise_is_true,
        )
    record(by=by, verb="word release", subject=release, cohort=release.cohort)


@transaction.atomic
def note_decision(*, decision: Decision, note: str, by: Any) -> None:
    """Save what is said to this one person only. Raises `ReleaseOver`."""
    _open_draft(decision.release, by)
    Decision.objects.filter(pk=decision.pk).update(note=clean_text(note).strip())
    record(by=by, verb="note decision", subject=decision, cohort=decision.release.cohort)


@transaction.atomic
def leave_out(*, decision: Decision, by: Any) -> None:
    """Take one decision out of a draft; nothing is told, and the offer or the place stays as it is.

    Raises `ReleaseOver`.
    """
    release = _open_draft(decision.release, by)
    facts = {"application": decision.application.code, "kind": decision.kind}
    record(by=by, verb="leave out of release", subject=release, cohort=release.cohort, facts=facts)
    Decision.objects.filter(pk=decision.pk).delete()


@transaction.atomic
def renew_release(*, release: Release, by: Any) -> Release:
    """Stop a release that has not gone out, and prepare the same kinds from what is true now.

    Raises `ReleaseOver`, `ReleaseUnderWay`, `RoundStale` and `NothingToRelease`; then nothing is changed.
    """
    lock_cohort(release.cohort)
    release.refresh_from_db()
    if release.state == ReleaseState.SENT:
        raise ReleaseOver
    if release.state in UNDER_WAY:
        end_release(release, ReleaseState.STOPPED, by=by, why=CHANGED_ITS_MIND)
    groups = release.words.values_list("kind", "group")
    kinds = {DecisionKind(kind) for kind, group in groups if group != FeedbackGroup.RESERVE}
    closes = any(group == FeedbackGroup.RESERVE for _, group in groups)
    return prepare_release(cohort=release.cohort, kinds=kinds, close_reserve=closes, by=by)


def end_release(release: Release, state: ReleaseState, *, by: Any, why: str = "") -> None:
    """Mark a release, locked with its cohort, as over; `why` for staff."""
    Release.objects.filter(pk=release.pk).update(state=state, ended_at=Now(), ended_by=by, ended_why=why[:300])
    release.refresh_from_db()
    verb = "send release" if state == ReleaseState.SENT else "stop release"
    record(by=by, verb=verb, subject=release, cohort=release.cohort, facts={"why": why} if why else {})


def _open_draft(release: Release, by: Any) -> Release:
    """The draft, locked, now prepared by whoever changes it. Raises `ReleaseOver`."""
    draft = Release.objects.filter(pk=release.pk, state=ReleaseState.DRAFT)
    if draft.update(prepared_by=by, prepared_at=Now()) != 1:
        raise ReleaseOver
    release.refresh_from_db()
    return release
