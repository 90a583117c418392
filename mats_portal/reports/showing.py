"""A compiled report as the page's templates need it: numbers already in words, bars already measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mats_portal.reports.flattening import as_table
from mats_portal.reports.frame import AnyFigure, ColumnKind, Estimates, Fact, Figure, Table
from mats_portal.reports.selectors import Compiled
from mats_portal.reports.words import say_cell, say_line, say_note
from mats_portal.web.components.charts import Bar


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table in words: columns as (label, is a number), rows as lists of (text, is a number)."""

    title: str
    note: str
    columns: list[tuple[str, bool]]
    rows: list[list[tuple[str, bool]]]


def shown(report: Compiled) -> dict[str, Any]:
    """What the page of one report shows."""
    return {
        "question": report.question,
        "answer": report.tables.answer,
        "figures": [_figure(figure) for figure in report.tables.figures],
        "tables": [_table(table) for table in report.tables.tables],
        "as_tables": [_table(as_table(figure)) for figure in report.tables.figures if not isinstance(figure, Fact)],
    }


def _figure(figure: AnyFigure) -> dict[str, Any]:
    common: dict[str, Any] = {"title": figure.title, "definition": figure.definition, "note": figure.note}
    if isinstance(figure, Fact):
        return common | {"is": "fact", "value": figure.value}
    if isinstance(figure, Estimates):
        return common | {
            "is": "estimates",
            "rows": figure.rows,
            "minimum": figure.minimum,
            "maximum": figure.maximum,
        }
    return common | {
        "is": "bars",
        "n": "" if figure.n is None else f"n = {figure.n:,}",
        "bars": [_bar(figure, number) for number in range(len(figure.lines))],
        "widest": figure.widest,
    }


def _bar(figure: Figure, number: int) -> Bar:
    line = figure.lines[number]
    return Bar(line.label, line.count or 0, say_note(line, figure.share_words), shown=say_line(line))


def _table(table: Table) -> ShownTable:
    numeric = [column.kind != ColumnKind.TEXT for column in table.columns]
    columns = [(column.label, number) for column, number in zip(table.columns, numeric, strict=True)]
    rows = [[(say_cell(cell), number) for cell, number in zip(row, numeric, strict=True)] for row in table.rows]
    return ShownTable(table.title, table.note, columns, rows)
