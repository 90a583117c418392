"""Sentences on what a change of dates would do, for whoever is about to make it."""

from __future__ import annotations

from mats_portal.cohorts.deadlines import describe
from mats_portal.cohorts.proposals import Dates
from mats_portal.cohorts.states import MilestoneKind


def changes_between(before: Dates, after: Dates, zone: str) -> list[str]:
    """One sentence for each milestone that is new, gone or moved; none when nothing changes."""
    return [_sentence(kind, before, after, zone) for kind in MilestoneKind if before.get(kind) != after.get(kind)]


def _sentence(kind: MilestoneKind, before: Dates, after: Dates, zone: str) -> str:
    if kind not in after:
        return f"{kind.label}: no date any more (was {describe(before[kind], zone)})."
    if kind not in before:
        return f"{kind.label}: {describe(after[kind], zone)}."
    days = (after[kind] - before[kind]).total_seconds() / 86400
    length = f"{abs(days):.0f} days" if abs(days) >= 2 else f"{abs(days) * 24:.0f} hours"
    word = "later" if days > 0 else "earlier"
    return f"{kind.label}: {describe(after[kind], zone)}, {length} {word} than before."
