"""The reports that the apps really bring."""

from __future__ import annotations

import pytest

from mats_portal.reports import frame
from mats_portal.reports.frame import furnished_reports
from mats_portal.reports.selectors import compiled_reports
from mats_portal.reports.services import compile_snapshot, print_snapshot
from mats_portal.web import furnishing
from tests.make import make_application, make_cohort

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _real_ones(_channels: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frame, "furnishings", furnishing.furnishings)


@pytest.mark.parametrize("is_empty", [True, False])
def test_every_report_answers_its_question_for_a_cohort_with_people_and_without(is_empty: bool) -> None:
    cohort = make_cohort()
    if not is_empty:
        make_application(cohort)
    snapshot = compile_snapshot(cohort=cohort)
    reports = compiled_reports(snapshot)
    assert len(reports) == len(furnished_reports()) >= 1
    assert all(report.question.endswith("?") and report.tables.answer.endswith((".", "!")) for report in reports)
    assert bytes(print_snapshot(snapshot=snapshot).content).startswith(b"%PDF")


def test_names_of_reports_are_addresses_and_differ() -> None:
    names = [report.name for report in furnished_reports()]
    assert len(names) == len(set(names))
    assert all(name.replace("-", "").isalnum() and name not in {"compile", "snapshots"} for name in names)
