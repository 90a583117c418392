"""The one figure: nothing below five can be read from it."""

from datetime import date
from decimal import Decimal
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from scholars.support.figures import HIDDEN, SMALL, THRESHOLD, Asked, figures, narrows

KINDS = ("debugging", "planning", "unblocking")
MAY, JUNE = date(2023, 5, 1), date(2023, 6, 1)


def asked(month: date, counts: dict[str, int], hours: Decimal | None = None) -> list[Asked]:
    """So many requests of each kind."""
    return [Asked(month, kind, hours) for kind, count in counts.items() for _ in range(count)]


def test_figures_hide_months_with_three_requests() -> None:
    (row,) = figures(asked(MAY, {"debugging": 3}), KINDS)
    assert row.cells == (SMALL, SMALL, SMALL)
    assert row.total == SMALL


def test_figures_hide_a_sum_that_gives_a_cell_away() -> None:
    rows = figures(asked(MAY, {"debugging": 9, "planning": 2}) + asked(JUNE, {"debugging": 6, "planning": 7}), KINDS)
    assert rows[0].cells == ("9", SMALL, SMALL)
    assert rows[0].total == HIDDEN
    assert rows[1].cells == ("6", "7", SMALL)
    assert rows[1].total == HIDDEN


def test_figures_show_hours_only_of_five_or_more() -> None:
    few, many = figures(
        asked(MAY, {"planning": 4}, Decimal("2.5")) + asked(JUNE, {"planning": 5}, Decimal("2.5")), KINDS
    )
    assert few.hours == HIDDEN
    assert many.hours == "12.5"


@given(st.lists(st.integers(0, 12), min_size=3, max_size=3))
def test_shown_sum_leaves_every_hidden_cell_its_whole_range(counts: list[int]) -> None:
    """Solve the row as an attacker would: all values that fit what is shown."""
    (row,) = figures(asked(MAY, dict(zip(KINDS, counts, strict=True))) or [Asked(MAY, "other", None)], KINDS)
    choices = [range(THRESHOLD) if cell == SMALL else [int(cell)] for cell in row.cells]
    fits = [cells for cells in product(*choices) if row.total in (HIDDEN, SMALL) or sum(cells) == int(row.total)]
    for place, cell in enumerate(row.cells):
        if cell == SMALL and row.total not in (SMALL,):
            assert {cells[place] for cells in fits} == set(range(THRESHOLD))
    assert narrows(counts) == (row.total == HIDDEN) or sum(counts) < THRESHOLD
