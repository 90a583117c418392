"""A report for these tests, with everything that a report can hold."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mats_portal.cohorts.models import Cohort
from mats_portal.reports import frame
from mats_portal.reports.frame import (
    HIDDEN,
    Column,
    ColumnKind,
    Estimate,
    Estimates,
    Fact,
    Report,
    ReportTables,
    Table,
    funnel,
    shares,
)
from mats_portal.reports.statistics import share
from mats_portal.web import furnishing

NASTY = '=cmd|" /C calc"!A0 #read("/etc/passwd") *bold* $x$'


def everything(cohort: Cohort) -> ReportTables:
    """A report with bars, steps, dots, a fact and a table."""
    return ReportTables(
        answer=f"Most people of {cohort} heard of us from friends: 31 % of 381, between 27 and 36.",
        figures=(
            shares(
                title="Channels",
                definition="Each form counts once for each channel.",
                counts={"Friends": 120, NASTY: 44, "Twitter": 2},
                of=381,
                hide_small=True,
                several_allowed=True,
            ),
            funnel(
                title="From interest to a place",
                definition="Each step of those before it.",
                steps=[("Interest", 381), ("Started", 460), ("Submitted", 412)],
            ),
            Fact("Median education", "The lower median.", "PhD student", "n = 412 · 9 gave no answer"),
            Estimates(
                "Score", "By channel.", (Estimate("Friends", 44, 7.1, 6.8, 7.4), Estimate("Ads", 3, None)), 0, 10
            ),
        ),
        tables=(
            Table(
                "Streams",
                (Column("Stream"), Column("Seats", ColumnKind.COUNT), Column("Women", ColumnKind.SHARE)),
                ((NASTY, 12, share(12, 40)), ("Oversight", HIDDEN, None)),
                "Seats as set today.",
            ),
        ),
    )


CHANNELS = Report("channels", "How did people hear of us?", everything)
Furnish = Callable[..., None]


@pytest.fixture
def furnish(monkeypatch: pytest.MonkeyPatch) -> Furnish:
    """`furnish(report, …)`: the reports that the apps bring, for this test."""

    def put(*reports: Report) -> None:
        monkeypatch.setattr(
            frame, "furnishings", lambda kind: reports if kind == "reports" else furnishing.furnishings(kind)
        )

    return put


@pytest.fixture(autouse=True)
def _channels(furnish: Furnish) -> None:
    furnish(CHANNELS)
