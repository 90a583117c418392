"""Reports as plain data: built, kept as JSON, said in words, flattened to tables."""

from __future__ import annotations

import json

import pytest

from mats_portal.cohorts.models import Cohort
from mats_portal.reports.flattening import all_tables, as_table
from mats_portal.reports.frame import (
    HIDDEN,
    Column,
    Estimates,
    Figure,
    Line,
    Report,
    Table,
    counts,
    funnel,
    furnished_reports,
    shares,
)
from mats_portal.reports.statistics import share
from mats_portal.reports.wire import digest_of, from_plain, to_plain
from mats_portal.reports.words import say_cell, say_line, say_note
from tests.reports.conftest import CHANNELS, Furnish, everything


def test_report_survives_json() -> None:
    report = everything(Cohort(name="Winter"))
    assert from_plain(json.loads(json.dumps(to_plain(report)))) == report


def test_digest_depends_on_what_is_said_and_not_on_the_order_of_keys() -> None:
    assert digest_of({"a": 1, "b": [2]}) == digest_of({"b": [2], "a": 1})
    assert digest_of({"a": 1}) != digest_of({"a": 2})


def test_funnel_takes_each_step_of_the_one_before_where_it_is_a_share() -> None:
    figure = funnel(title="", definition="", steps=[("Interest", 381), ("Started", 460), ("Submitted", 412)])
    assert [line.of for line in figure.lines] == [None, None, 460]
    assert say_note(figure.lines[2], figure.share_words) == "90 % of the step before · 86–92"
    assert figure.widest == 460


def test_shares_hide_small_cells_and_those_that_would_betray_them() -> None:
    figure = shares(title="", definition="", counts={"a": 2, "b": 7, "c": 30}, of=39, hide_small=True)
    assert [line.count for line in figure.lines] == [None, None, 30]
    assert figure.widest == 39


def test_shares_of_very_few_people_show_nothing() -> None:
    figure = shares(title="", definition="", counts={"a": 2, "b": 1}, of=3, hide_small=True)
    assert (figure.lines, figure.n) == ((), None)
    assert "fewer than 5" in figure.note.lower()


def test_figure_of_counts_has_no_shares() -> None:
    table = as_table(counts(title="Weeks", definition="By arrival.", counts={"1": 3, "2": 9}))
    assert [column.label for column in table.columns] == ["", "Number"]


def test_table_refuses_rows_of_another_width() -> None:
    with pytest.raises(ValueError, match="not one cell for each column"):
        Table("t", (Column("a"), Column("b")), (("only one",),))


@pytest.mark.parametrize(
    ("cell", "words"),
    [(None, "–"), (HIDDEN, "under 5"), (1234, "1,234"), (2.50, "2.5"), ("=x", "=x"), (share(0, 0), "of none")],
)
def test_cells_are_said_in_words(cell: object, words: str) -> None:
    assert say_cell(cell) == words  # type: ignore[arg-type]


def test_share_is_said_with_its_interval() -> None:
    assert say_cell(share(31, 381)) == "8.1 % (5.8–11)"
    assert say_line(Line("a", None, 10)) == "under 5"


def test_every_figure_is_a_table_too() -> None:
    report = everything(Cohort(name="Winter"))
    titles = [table.title for table in all_tables(report)]
    assert titles == ["Channels", "From interest to a place", "Median education", "Score", "Streams"]
    dots = next(figure for figure in report.figures if isinstance(figure, Estimates))
    assert as_table(dots).rows[1] == ("Ads", 3, None, None, None)
    bars = next(figure for figure in report.figures if isinstance(figure, Figure))
    assert as_table(bars).rows[2] == ("Twitter", HIDDEN, 381, HIDDEN)


def test_reports_come_in_the_order_of_the_programme(furnish: Furnish) -> None:
    first = Report("first", "?", everything, order=1)
    furnish(CHANNELS, first)
    assert furnished_reports() == [first, CHANNELS]
