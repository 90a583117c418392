"""Who reads what: as many readers as wanted for each, the load spread evenly. Pure.

A minimum-cost flow, solved as the linear programme it is: every vertex of its
polytope is whole-numbered (the constraints are a network's), and the simplex method
answers with a vertex. Each further item costs a reader more than the one before, so the
cheapest flow is also the most even one.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from mats_portal.web.late import late

if TYPE_CHECKING:
    import numpy as np
    from scipy import optimize, sparse
else:
    np, optimize, sparse = late("numpy"), late("scipy.optimize"), late("scipy.sparse")

I = TypeVar("I", bound=Hashable)  # noqa: E741
R = TypeVar("R", bound=Hashable)

SHORT = 1e6  # going without a reader costs more than any load
LOAD = 10.0  # evenness before taste: one more item costs more than the least fitting reader (0 to 1)


@dataclass(frozen=True, slots=True)
class Allocation(Generic[I, R]):
    """New pairs of item and reader, and how many readers an item still lacks because nobody may read it."""

    pairs: list[tuple[I, R]]
    short: dict[I, int]


def allocate(
    wanted: Mapping[I, int],
    eligible: Mapping[I, Mapping[R, float]],
    loads: Mapping[R, int],
    *,
    cap: int | None = None,
) -> Allocation[I, R]:
    """Give each item its number of further readers.

    wanted: how many more readers each item needs; eligible: who may read it, with a
    cost from 0 (fits best) to 1; loads: how many items each reader has already; cap: the most one reader gets.
    Raises `ValueError` for a cost outside 0 to 1 and `RuntimeError` if the solver gives no answer.
    """
    items = [item for item, number in wanted.items() if number > 0]
    edges = [(item, reader, cost) for item in items for reader, cost in eligible.get(item, {}).items()]
    if any(not 0 <= cost <= 1 for _, _, cost in edges):
        raise ValueError("A cost lies between 0 and 1.")
    if not edges:
        return Allocation([], {item: wanted[item] for item in items})
    programme = _Programme(items, edges, wanted, loads, cap)
    flow = programme.solve()
    pairs = [(item, reader) for (item, reader, _), amount in zip(edges, flow, strict=False) if amount > 0.5]
    got = dict.fromkeys(items, 0)
    for item, _ in pairs:
        got[item] += 1
    return Allocation(pairs, {item: wanted[item] - got[item] for item in items if got[item] < wanted[item]})


class _Programme(Generic[I, R]):
    """Variables: one for each edge, one for each item's lack, one for each step of each reader's load."""

    def __init__(
        self,
        items: list[I],
        edges: list[tuple[I, R, float]],
        wanted: Mapping[I, int],
        loads: Mapping[R, int],
        cap: int | None,
    ) -> None:
        item_rows = {item: row for row, item in enumerate(items)}
        readers = {reader: len(items) + row for row, reader in enumerate(dict.fromkeys(edge[1] for edge in edges))}
        self.shape = (len(items) + len(readers), 0)
        self.cells: list[tuple[int, int, float]] = []
        self.costs: list[float] = []
        self.upper: list[float] = []
        for item, reader, cost in edges:
            self._add(cost, 1, (item_rows[item], 1.0), (readers[reader], 1.0))
        for item in items:
            self._add(SHORT, wanted[item], (item_rows[item], 1.0))
        for reader, row in readers.items():
            most = sum(1 for edge in edges if edge[1] == reader)
            first = loads.get(reader, 0)
            for step in range(first, first + most if cap is None else max(first, min(cap, first + most))):
                self._add(LOAD * step, 1, (row, -1.0))
        self.totals = [float(wanted[item]) for item in items] + [0.0] * len(readers)

    def _add(self, cost: float, upper: float, *cells: tuple[int, float]) -> None:
        column = len(self.costs)
        self.costs.append(cost)
        self.upper.append(upper)
        self.cells.extend((row, column, value) for row, value in cells)

    def solve(self) -> list[float]:
        """The amounts of all variables, in the order they were added."""
        rows, columns, values = zip(*self.cells, strict=True)
        matrix = sparse.csr_array((values, (rows, columns)), shape=(self.shape[0], len(self.costs)))
        bounds = np.column_stack([np.zeros(len(self.upper)), self.upper])
        found = optimize.linprog(self.costs, A_eq=matrix, b_eq=self.totals, bounds=bounds, method="highs-ds")
        if not found.success:
            raise RuntimeError(f"No assignment was found: {found.message}")
        return list(found.x)
