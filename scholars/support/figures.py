"""The only figure of support: finished months by kind, small cells hidden before anybody sees them. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

THRESHOLD = 5
SMALL = f"<{THRESHOLD}"
HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the table needs of one request: the month it was asked in, its kind, the hours it saved."""

    month: date
    kind: str
    hours: Decimal | None


@dataclass(frozen=True, slots=True)
class Row:
    """One month: its first day, a cell per kind in the given order, the sum, the hours saved; each ready to show."""

    month: date
    cells: tuple[str, ...]
    total: str
    hours: str


def shown(count: int) -> str:
    """A count as it may be shown: zero to four are one and the same."""
    return str(count) if count >= THRESHOLD else SMALL


def narrows(counts: Sequence[int]) -> bool:
    """Whether the sum would tell more of a hidden cell than that it is below five.

    The hidden cells lie between 0 and 4 each. Their sum (which the shown cells and the
    total give away) leaves every one of them the whole of that range only when it is at
    least 4 and at most 4 for each of the others.
    """
    hidden = [count for count in counts if count < THRESHOLD]
    most = THRESHOLD - 1
    return bool(hidden) and not most <= sum(hidden) <= most * (len(hidden) - 1)


def figures(asked: Iterable[Asked], kinds: Sequence[str]) -> tuple[Row, ...]:
    """The months, earliest first. There is no sum over the months: what was hidden could be had from it."""
    requests = list(asked)
    counts = Counter((one.month, one.kind) for one in requests)
    rows = []
    for month in sorted({one.month for one in requests}):
        cells = [counts[month, kind] for kind in kinds]
        hours = [one.hours for one in requests if one.month == month and one.hours is not None]
        rows.append(
            Row(
                month=month,
                cells=tuple(shown(count) for count in cells),
                total=HIDDEN if narrows(cells) and sum(cells) >= THRESHOLD else shown(sum(cells)),
                hours=f"{sum(hours, Decimal(0)):g}" if len(hours) >= THRESHOLD else HIDDEN,
            )
        )
    return tuple(rows)
