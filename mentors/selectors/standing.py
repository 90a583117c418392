"""What a ranking looks like beside the scores and the seats: tiers, reserve, gaps, and who would displace whom."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mats_portal.rubrics.calibration import Z90, Estimate
from mentors.selectors.ranking import RankingRow


@dataclass(frozen=True, slots=True)
class Ranked:
    """One ranked applicant. number: the place; tier: the place of the first with whom they are level.

    reserve: the place among those above the bar for whom there is no seat, from 1; calibrated: their ability with
    the reviewers' leniency taken out, as far as the reader may see its scores; by_scores: the place by it among the
    ranked who have one; gap: how many places higher (or lower, below 0) the stream puts them than that.
    """

    row: RankingRow
    number: int
    tier: int
    is_level: bool
    is_above: bool
    reserve: int | None
    calibrated: Estimate | None
    by_scores: int | None
    gap: int | None
    is_under_floor: bool

    @property
    def gap_words(self) -> str:
        """The gap as one reads it."""
        if not self.gap:
            return "as by scores"
        return f"{abs(self.gap)} {'above' if self.gap > 0 else 'below'} the scores"

    @property
    def doubt(self) -> float:
        """Half the width of the 90 % interval of the calibrated ability."""
        return Z90 * self.calibrated.se if self.calibrated else 0.0


def ranked_beside_scores(
    rows: Sequence[RankingRow],
    *,
    would_take: int,
    level: Collection[str],
    seats: int,
    floor: Decimal | None,
    abilities: Mapping[int, Estimate],
) -> list[Ranked]:
    """The rows in the order given, best first, with what stands beside them.

    seats: the stream's free seats; abilities: calibrated, by the application's key.
    """
    scored = {row.application.code: abilities[row.application.pk] for row in rows if row.application.pk in abilities}
    of_scored = {code: number for number, code in enumerate(scored, 1)}
    means = sorted(-estimate.mean for estimate in scored.values())
    by_scores = {code: 1 + bisect_left(means, -estimate.mean) for code, estimate in scored.items()}
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
                calibrated=scored.get(code),
                by_scores=by_scores.get(code),
                gap=by_scores[code] - of_scored[code] if code in by_scores else None,
                is_under_floor=is_under(row, floor),
            )
        )
    return found


def is_under(row: RankingRow, floor: Decimal | None) -> bool:
    """Whether the mean motivation that the reader may see is under the floor; who has none is not."""
    motivation = row.scores.motivation if row.scores else None
    return floor is not None and motivation is not None and motivation < floor


def displacements(ranked: Sequence[Ranked], seats: int) -> list[tuple[Ranked, Ranked | None]]:
    """Who under the floor would get a seat by this order alone, each with the next eligible who then would not."""
    under = [one for one in ranked[:seats] if one.is_above and one.is_under_floor]
    waiting = [one for one in ranked[seats:] if one.is_above and not one.is_under_floor]
    return [(one, waiting[n] if n < len(waiting) else None) for n, one in enumerate(under)]
