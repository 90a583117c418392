"""The forecast of acceptances: a distribution, learnt where there is something to learn from, and honest about it."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mats_portal.reports.agreement import auc
from mats_portal.reports.frame import Estimates, Fact
from mentors.forecast import Answers, beta_binomial, forecast
from mentors.models import Offer
from mentors.reports import compile_selection
from mentors.selectors.expecting import expected_answers
from mentors.states import OfferState
from mentors.wording import hollow_phrases
from tests import make
from tests.mentors import world
from tests.scholars.world import accept, make_led_stream, make_released

numbers = st.integers(0, 30)


@given(numbers, st.floats(0.1, 50), st.floats(0.1, 50))
def test_chances_add_up_to_one(n: int, a: float, b: float) -> None:
    assert sum(beta_binomial(n, a, b)) == pytest.approx(1)


@given(st.lists(st.tuples(numbers, numbers, numbers), min_size=1, max_size=5))
def test_the_forecast_lies_within_what_waits(rows: list[tuple[int, int, int]]) -> None:
    streams = {str(place): Answers(a, a + b, waiting) for place, (a, b, waiting) in enumerate(rows)}
    found = forecast(streams)
    assert 0 <= found.low <= found.high <= found.waiting == sum(waiting for *_, waiting in rows)
    assert 0 <= found.expected <= found.waiting


def test_few_answers_are_a_guess_and_many_are_believed() -> None:
    assert forecast({"A": Answers(0, 0, 10)}).is_guess
    known = forecast({"A": Answers(90, 100, 10), "B": Answers(10, 100, 10)})
    assert not known.is_guess
    assert known.expected == pytest.approx(10, abs=1)
    with pytest.raises(ValueError, match="accepted"):
        forecast({"A": Answers(2, 1, 0)})


def test_ninety_percent_intervals_hold_about_ninety_percent() -> None:
    """Streams whose rates differ, 300 drawn rounds: the interval, being discrete, holds at least 87 % of them."""
    chance, held = random.Random(7), 0
    for _ in range(300):
        rates = [chance.betavariate(8.5, 1.5) for _ in range(6)]
        past = [(sum(chance.random() < rate for _ in range(10)), 10) for rate in rates]
        found = forecast({str(place): Answers(k, n, 5) for place, (k, n) in enumerate(past)})
        truth = sum(chance.random() < rate for rate in rates for _ in range(5))
        held += found.low <= truth <= found.high
    assert 0.87 <= held / 300 <= 0.99


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("We were very impressed by your CV.", ["very impressed by"]),
        ("It was a DIFFICULT\ndecision in a strong field.", ["DIFFICULT decision", "strong field"]),
        ("Your second answer named a test that could fail.", []),
        ("The field of alignment is young; strong applications have one worked example.", ["strong applications"]),
    ],
)
def test_hollow_phrases_are_found_as_they_stand(text: str, phrases: list[str]) -> None:
    assert hollow_phrases(text) == phrases


@pytest.mark.django_db
def test_answers_of_a_streams_earlier_cohort_count() -> None:
    before = make_led_stream(name="Interp", seats=9)
    for number in range(3):
        accept(make_released(before, f"Then{number}"))
    now = make_led_stream(name="Interp")
    for number in range(2):
        make_released(now, f"Now{number}")
    found = expected_answers(now.cohort)
    assert (found.waiting, found.n) == (2, 3)
    Offer.objects.filter(stream=now).update(state=OfferState.WITHDRAWN)
    assert expected_answers(now.cohort).waiting == 0


@pytest.mark.django_db
def test_the_report_says_how_far_scores_and_orders_agree() -> None:
    cohort = make.make_cohort()
    stream, rui, gil = make.make_stream(cohort, "Interp"), world.make_staff(cohort), world.make_reviewer(cohort)
    applications = [world.make_applicant(cohort, stream, name=f"P{number}") for number in range(8)]
    for number, application in enumerate(applications):
        values = {"technical_ability": 5 - number // 2, "hard_question": 5 - number // 2}
        world.make_assessment(application, gil, **values)
    world.rank(stream, rui, *applications[:6], would_take=3)
    figures = {figure.title: figure for figure in compile_selection(cohort).figures}
    apart, order = figures["Do scores tell who is wanted?"], figures["Do streams rank as reviewers score?"]
    assert isinstance(apart, Estimates)
    assert isinstance(order, Estimates)
    assert [row.label for row in order.rows] == ["Interp, rho", "Interp, rho, calibrated", "Interp, tau"]
    assert all((row.value or 0) > 0.8 for row in order.rows)
    assert "Among people so alike" in order.note
    expected = auc([3, 3, 2], [2, 1, 1, 0, 0])
    assert expected is not None
    assert apart.rows[0].value == pytest.approx(expected.value)
    assert "Acceptances still to come" not in figures


@pytest.mark.django_db
def test_the_report_forecasts_while_offers_wait() -> None:
    stream = make_led_stream()
    make_released(stream)
    facts = [one for one in compile_selection(stream.cohort).figures if isinstance(one, Fact)]
    (found,) = [fact for fact in facts if fact.title == "Acceptances still to come"]
    assert "a guess, as few have answered yet" in found.note
