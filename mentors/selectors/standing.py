"""What a ranking looks like beside the scores and the seats: tiers, reserve, gaps, and who would displace whom."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mentors.selectors.ranking import RankingRow


@dataclass(frozen=True, slots=True)
class Ranked:
    """One ranked applicant. number: the place; tier: the place of the first with whom they are level.

    reserve: the place among those above the bar for whom there is no seat, from 1; by_scores: the place
    by mean ability among the ranked whose scores the reader may see; gap: how many places higher (or
    lower, below 0) the stream puts them than the scores do.
    """

    row: RankingRow
    number: int
    tier: int
    is_level: bool
    is_above: bool
    reserve: int | None
    by_scores: int | None
    gap: int | None
    is_under_floor: bool

    @property
    def gap_words(self) -> str:
        """The gap as one reads it."""
        if not self.gap:
            return "as by scores"
        return f"{abs(self.gap)} {'above' if self.gap > 0 else 'below'} the scores"


def ranked_beside_scores(
    rows: Sequence[RankingRow], *, would_take: int, level: Collection[str], seats: int, floor: Decimal | None
) -> list[Ranked]:
    """The rows in the order given, best first, with what stands beside them. seats: the stream's free seats."""
    scored = [row for row in rows if row.scores is not None and row.scores.ability is not None]
    of_scored = {row.application.code: number for number, row in enumerate(scored, 1)}
    means = sorted(-_ability(row) for row in scored)
    by_scores = {row.application.code: 1 + bisect_left(means, -_ability(row)) for row in scored}
    found: list[Ranked] = []
    for number, row in enumerate(rows, 1):
        code, is_above = row.application.code, number <= would_take
        is_level = bool(found) and code in level and found[-1].is_above == is_above
        found.append(
            Ranked(
                row=row,
                number=number,
                tier=found[-1].tier if is_level else number,
                is_level=is_level,
                is_above=is_above,
                reserve=number - seats if is_above and number > seats else None,
                by_scores=by_scores.get(code),
                gap=by_scores[code] - of_scored[code] if code in by_scores else None,
                is_under_floor=is_under(row, floor),
            )
        )
    return found


def _ability(row: RankingRow) -> Decimal:
    return (row.scores.ability if row.scores else None) or Decimal(0)


def is_under(row: RankingRow, floor: Decimal | None) -> bool:
    """Whether the mean motivation that the reader may see is under the floor; who has none is not."""
    motivation = row.scores.motivation if row.scores else None
    return floor is not None and motivation is not None and motivation < floor


def displacements(ranked: Sequence[Ranked], seats: int) -> list[tuple[Ranked, Ranked | None]]:
    """Who under the floor would get a seat by this order alone, each with the next eligible who then would not."""
    under = [one for one in ranked[:seats] if one.is_above and one.is_under_floor]
    waiting = [one for one in ranked[seats:] if one.is_above and not one.is_under_floor]
    return [(one, waiting[n] if n < len(waiting) else None) for n, one in enumerate(under)]
