"""Every figure as a table: for "the same figures as a table", and for the exports."""

from __future__ import annotations

from mats_portal.reports.frame import (
    HIDDEN,
    AnyFigure,
    Cell,
    Column,
    ColumnKind,
    Estimates,
    Fact,
    Figure,
    ReportTables,
    Table,
)

LABEL = Column("")
COUNT = Column("Number", ColumnKind.COUNT)


def as_table(figure: AnyFigure) -> Table:
    """The numbers of a figure; its definition is the note."""
    if isinstance(figure, Fact):
        return Table(figure.title, _FACT, ((figure.title, figure.value, figure.note),), figure.definition)
    note = " ".join(part for part in (figure.definition, figure.note) if part)
    if isinstance(figure, Estimates):
        return Table(figure.title, _ESTIMATES, tuple(_estimates(figure)), note)
    if all(line.of is None for line in figure.lines):
        rows = tuple((line.label, _count(line.count)) for line in figure.lines)
        return Table(figure.title, (LABEL, COUNT), rows, note)
    words = f"Share {figure.share_words}".strip() + ", with 95 % interval"
    columns = (LABEL, COUNT, Column("Of", ColumnKind.COUNT), Column(words, ColumnKind.SHARE))
    return Table(figure.title, columns, tuple(_shares(figure)), note)


def all_tables(report: ReportTables) -> list[Table]:
    """Everything a report shows, as tables: the figures first."""
    return [*(as_table(figure) for figure in report.figures), *report.tables]


_FACT = (LABEL, Column("Value"), Column("Remark"))
_ESTIMATES = (
    LABEL,
    Column("n", ColumnKind.COUNT),
    Column("Estimate", ColumnKind.NUMBER),
    Column("From", ColumnKind.NUMBER),
    Column("To", ColumnKind.NUMBER),
)


def _estimates(figure: Estimates) -> list[tuple[Cell, ...]]:
    return [(row.label, row.n, row.value, row.low, row.high) for row in figure.rows]


def _shares(figure: Figure) -> list[tuple[Cell, ...]]:
    return [
        (line.label, _count(line.count), line.of, HIDDEN if line.count is None else line.share) for line in figure.lines
    ]


def _count(count: int | None) -> Cell:
    return HIDDEN if count is None else count
