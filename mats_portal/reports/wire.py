"""Compiled reports as JSON and back, in one canonical form, so that a digest can be taken of it."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from mats_portal.reports.frame import (
    HIDDEN,
    AnyFigure,
    Cell,
    Column,
    ColumnKind,
    Estimate,
    Estimates,
    Fact,
    Figure,
    Hidden,
    Line,
    ReportTables,
    Table,
)
from mats_portal.reports.statistics import Share, share

Plain = dict[str, Any]


def to_plain(report: ReportTables) -> Plain:
    """The report as JSON can hold it."""
    return {
        "answer": report.answer,
        "figures": [_plain_figure(figure) for figure in report.figures],
        "tables": [_plain_table(table) for table in report.tables],
    }


def from_plain(plain: Plain) -> ReportTables:
    """The report that `to_plain` was given."""
    return ReportTables(
        answer=plain["answer"],
        figures=tuple(_figure(figure) for figure in plain["figures"]),
        tables=tuple(_table(table) for table in plain["tables"]),
    )


def digest_of(content: Plain) -> str:
    """SHA-256 of the canonical form: keys in order, no spaces, UTF-8."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _plain_figure(figure: AnyFigure) -> Plain:
    common: Plain = {"title": figure.title, "definition": figure.definition, "note": figure.note}
    if isinstance(figure, Fact):
        return common | {"is": "fact", "value": figure.value}
    if isinstance(figure, Estimates):
        rows = [[row.label, row.n, row.value, row.low, row.high] for row in figure.rows]
        return common | {"is": "estimates", "rows": rows, "minimum": figure.minimum, "maximum": figure.maximum}
    lines = [[line.label, line.count, line.of] for line in figure.lines]
    return common | {"is": "bars", "lines": lines, "n": figure.n, "share_words": figure.share_words}


def _figure(plain: Plain) -> AnyFigure:
    common = {name: plain[name] for name in ("title", "definition", "note")}
    if plain["is"] == "fact":
        return Fact(**common, value=plain["value"])
    if plain["is"] == "estimates":
        rows = tuple(Estimate(*row) for row in plain["rows"])
        return Estimates(**common, rows=rows, minimum=plain["minimum"], maximum=plain["maximum"])
    lines = tuple(Line(*line) for line in plain["lines"])
    return Figure(**common, lines=lines, n=plain["n"], share_words=plain["share_words"])


def _plain_table(table: Table) -> Plain:
    return {
        "title": table.title,
        "columns": [[column.label, str(column.kind)] for column in table.columns],
        "rows": [[_plain_cell(cell) for cell in row] for row in table.rows],
        "note": table.note,
    }


def _table(plain: Plain) -> Table:
    return Table(
        title=plain["title"],
        columns=tuple(Column(label, ColumnKind(kind)) for label, kind in plain["columns"]),
        rows=tuple(tuple(_cell(cell) for cell in row) for row in plain["rows"]),
        note=plain["note"],
    )


def _plain_cell(cell: Cell) -> Any:
    if isinstance(cell, Share):
        return {"k": cell.k, "n": cell.n}
    return {"hidden": True} if isinstance(cell, Hidden) else cell


def _cell(plain: Any) -> Cell:
    if isinstance(plain, dict):
        return HIDDEN if plain.get("hidden") else share(plain["k"], plain["n"])
    found: Cell = plain
    return found
