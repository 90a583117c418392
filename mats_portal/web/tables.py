"""Long tables as plain values: each column says how it draws a cell, and rows become HTML in one go.

A template that draws fifty rows of eight cells takes longer than the database needs to find them. Here a row is a
mapping (of `values()`, say), and a cell a function of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in addresses, its heading, how a cell is drawn, and where it stands.

    draw: from a row to the cell's content, escaped unless it is HTML already.
    place: classes of the cell: `title` for the main one, `num` for numbers, `wide-only` when a phone leaves it out.
    short: the heading on a phone, where it stands in every cell.
    """

    name: str
    label: str
    draw: Callable[[Row], str]
    place: str = ""
    short: str = ""

    @property
    def opening(self) -> str:
        """The tag that opens a cell; on a phone the cell is named by the column's heading."""
        named = not {"title", "wide-only"} & set(self.place.split())
        return _opening("td", self.place, f' data-label="{escape(self.short or self.label)}"' if named else "")


@dataclass(frozen=True, slots=True)
class Table:
    """The rows to draw, the columns to draw of them, and what heads each column.

    order: the name of the column that orders the rows, `-` before it for descending.
    orders: for each column that can order, the address that asks for it.
    pick: the name of the field of a row that its tick box posts as `pick`; empty for no tick boxes.
    """

    columns: Sequence[Column]
    rows: Sequence[Row]
    order: str = ""
    orders: Mapping[str, str] | None = None
    pick: str = ""

    def head(self) -> SafeString:
        """The cells of the head."""
        every = '<th><input type="checkbox" data-select-all aria-label="Tick every row of this page"></th>'
        cells = "".join(self._heading(column) for column in self.columns)
        return SafeString((every if self.pick else "") + cells)

    def body(self) -> SafeString:
        """The rows."""
        draws = [(column.opening, column.draw) for column in self.columns]
        return SafeString("".join(self._row(row, draws) for row in self.rows))

    def _row(self, row: Row, draws: Sequence[tuple[str, Callable[[Row], str]]]) -> str:
        cells = "".join(f"{opening}{conditional_escape(draw(row))}</td>" for opening, draw in draws)
        if self.pick:
            box = f'<input type="checkbox" name="pick" value="{escape(row[self.pick])}" data-select aria-label="Tick">'
            cells = f"<td>{box}</td>{cells}"
        return f"<tr data-href>{cells}</tr>\n"

    def _heading(self, column: Column) -> str:
        place = " ".join(name for name in column.place.split() if name != "title")
        url, label = (self.orders or {}).get(column.name), escape(column.label)
        if not url:
            return f"{_opening('th', place)}{label}</th>"
        sorts = {column.name: "ascending", f"-{column.name}": "descending"}.get(self.order, "")
        said = f' aria-sort="{sorts}"' if sorts else ""
        return f'{_opening("th", place, said)}<a href="{escape(url)}">{label}</a></th>'


def _opening(name: str, place: str, more: str = "") -> str:
    classes = f' class="{escape(place)}"' if place else ""
    return f"<{name}{classes}{more}>"
