"""The report on scholars: states, changes of stream by reason, exceptions."""

from __future__ import annotations

import pytest

from mats_portal.cohorts.models import Membership
from scholars.models import MentorlessException
from scholars.reports import compile_scholars
from scholars.services.enrolling import Move, switch_stream
from scholars.states import SwitchReason
from tests import make
from tests.scholars.world import make_led_stream, make_scholar, make_staff

pytestmark = pytest.mark.django_db


def test_switches_are_counted_by_reason() -> None:
    cohort = make.make_cohort(seats=20)
    here, there = make_led_stream(cohort), make_led_stream(cohort)
    rui = make_staff(cohort)
    sam, sue = make_scholar(here, "Sam"), make_scholar(here, "Sue")
    for scholar, target, reason in (
        (sam, there, SwitchReason.INTERESTS),
        (sam, here, SwitchReason.INTERESTS),
        (sue, there, SwitchReason.RELATION),
    ):
        scholar.refresh_from_db()
        switch_stream(scholar=scholar, move=Move(target, reason), by=rui)
    report = compile_scholars(cohort)
    assert "3 changes of stream, 2 because: interests diverged." in report.answer
    switches = report.figures[1]
    assert {line.label: line.count for line in switches.lines}["Working relation"] == 1  # type: ignore[union-attr]
    assert switches.note == "2 of 2 scholars changed stream at least once."


def test_stream_without_mentor_is_listed_with_its_reason() -> None:
    cohort = make.make_cohort()
    stream = make.make_stream(cohort, "Alone")
    make_scholar(make_led_stream(cohort))
    rui = make_staff(cohort)
    MentorlessException.objects.create(stream=stream, reason="The mentor comes in June.", recorded_by=rui)
    assert not Membership.objects.filter(stream=stream).exists()
    (table,) = compile_scholars(cohort).tables
    assert table.rows == (("Alone", 0, "The mentor comes in June."),)


def test_cohort_without_scholars_says_so() -> None:
    assert compile_scholars(make.make_cohort()).answer.startswith("Nobody has accepted an offer yet")
