"""What if: runs on a world that is not there; side by side; and one of them made true."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applications.models import Application
from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.outbox.models import Letter
from mats_portal.people.models import Person
from mentors.errors import RoundStale
from mentors.models import FixedPair, Offer, SelectionRound, WhatIf
from mentors.selectors.comparing import Comparison, compare
from mentors.services import (
    ask_what_if,
    declare_conflict,
    make_round_of,
    prepare_offers,
    run_matching,
)
from mentors.services.rounds import FixedBeyondSeats
from mentors.services.whatifs import CannotBeSo, IsARoundAlready, NotOursToChange
from mentors.states import ConflictKind, DecisionKind, RoundState
from tests import make
from tests.conftest import SignIn
from tests.mentors import world

pytestmark = pytest.mark.django_db


class Market:
    """One and Two with a seat each. Ada: Two, One; Bo: One, Two; Cy: One. One ranks Ada, Bo, Cy; Two ranks Ada, Bo."""

    def __init__(self) -> None:
        self.cohort: Cohort = make.make_cohort(seats=10)
        self.one, self.two = (make.make_stream(self.cohort, name, seats=1) for name in ("One", "Two"))
        self.rui: Person = world.make_staff(self.cohort)
        self.ada = world.make_applicant(self.cohort, self.two, self.one)
        self.bo = world.make_applicant(self.cohort, self.one, self.two, name="Bo")
        self.cy = world.make_applicant(self.cohort, self.one, name="Cy")
        world.rank(self.one, self.rui, self.ada, self.bo, self.cy)
        world.rank(self.two, self.rui, self.ada, self.bo)

    def ask(self, kind: str, base: WhatIf | None = None, name: str = "", **change: Any) -> WhatIf:
        """Rui asks."""
        return ask_what_if(cohort=self.cohort, change={"kind": kind, **change}, base=base, name=name, by=self.rui)

    def compare(self, *runs: WhatIf | SelectionRound, person: Person | None = None) -> Comparison:
        """The runs as Rui, or somebody else, sees them."""
        return compare(self.cohort, runs, person or self.rui)


def moves(comparison: Comparison) -> dict[str, list[str]]:
    """Who moves, by name, with the streams' names."""
    return {m.application.person.name: [s.name if s else "" for s in m.streams] for m in comparison.movers}


def pairs(run: WhatIf | SelectionRound) -> dict[str, str]:
    """The result with names."""
    names = dict(Application.objects.values_list("code", "person__name"))
    streams = dict(Stream.objects.values_list("code", "name"))
    return {names[a]: streams[s] for a, s in run.result["pairs"].items()}


@pytest.mark.parametrize(
    ("kind", "change", "expected"),
    [
        ("seats", {"stream": "one", "seats": 2}, {"Cy": ["", "One"]}),
        ("leaves", {"person": "Mira", "streams": ["two"]}, {"Ada": ["Two", "One"], "Bo": ["One", ""]}),
        ("bar", {"stream": "one", "would_take": 1}, {"Bo": ["One", ""]}),
        ("order", {"application": "ada", "stream": "one", "choice": 1}, {"Ada": ["Two", "One"], "Bo": ["One", "Two"]}),
        ("order", {"application": "ada", "stream": "two", "choice": 0}, {"Ada": ["Two", "One"], "Bo": ["One", "Two"]}),
        ("fixed", {"application": "cy", "stream": "one"}, {"Bo": ["One", ""], "Cy": ["", "One"]}),
        ("floor", {"points": "3", "below": ["bo"]}, {"Bo": ["One", ""], "Cy": ["", "One"]}),
    ],
)
def test_one_change_moves_exactly_those_it_moves(kind: str, change: dict[str, Any], expected: dict[str, Any]) -> None:
    market = Market()
    codes = {name: getattr(market, name).code for name in ("one", "two", "ada", "bo", "cy")}
    told = {key: codes.get(value, value) if isinstance(value, str) else value for key, value in change.items()}
    for listed in ("streams", "below"):
        if listed in told:
            told[listed] = [codes[name] for name in told[listed]]
    asked = market.ask(kind, **told)
    comparison = market.compare(asked)
    assert moves(comparison) == expected
    column = comparison.columns[1]
    assert (column.unexplained, column.is_reproduced, column.is_current) == (0, True, True)
    assert column.title
    assert (column.by_decision > 0) == (kind == "fixed")
    assert not Offer.objects.exists()
    assert not Letter.objects.exists()
    assert Stream.objects.get(pk=market.one.pk).seats == 1


def test_a_smaller_cohort_takes_one_seat_from_one_of_two_equal_streams() -> None:
    market = Market()
    asked = market.ask("ceiling", seats=1)
    assert [after for _, after in moves(market.compare(asked)).values() if not after] == [""]
    assert len(asked.result["pairs"]) == 1


def test_a_what_if_builds_on_another_and_keeps_name_code_and_hashes() -> None:
    market = Market()
    first = market.ask("seats", stream=market.one.code, seats=2, name="Two more")
    second = market.ask("seats", base=first, stream=market.two.code, seats=2)
    assert [change["stream"] for change in second.changes] == [market.one.code, market.two.code]
    again = market.ask("seats", base=first, stream=market.two.code, seats=2)
    assert (again.inputs_hash, again.result_hash) == (second.inputs_hash, second.result_hash)
    assert first.inputs_hash != second.inputs_hash
    assert second.algorithm.startswith("deferred acceptance 2, code ")
    titles = [column.title for column in market.compare(first, second).columns]
    assert titles == ["As things stand", "Two more", "One: 2 seats; Two: 2 seats"]
    assert market.compare(first).columns[1].told == ["One: 2 seats"]


def test_a_change_that_cannot_be_is_refused_with_a_sentence() -> None:
    market = Market()
    with pytest.raises(CannotBeSo) as refusal:
        market.ask("fixed", application=market.cy.code, stream=market.two.code)
    assert "on their list" in refusal.value.sentence
    with pytest.raises(CannotBeSo):
        market.ask("order", application="nobody", stream=market.two.code, choice=1)
    first = market.ask("fixed", application=market.cy.code, stream=market.one.code)
    with pytest.raises(FixedBeyondSeats):
        market.ask("fixed", base=first, application=market.bo.code, stream=market.one.code)
    made = run_matching(cohort=market.cohort, by=market.rui)
    prepare_offers(made=made, by=market.rui)
    world.release_all(market.cohort, market.rui, DecisionKind.OFFER)
    with pytest.raises(CannotBeSo) as refusal:
        market.ask("seats", stream=market.one.code, seats=0)
    assert refusal.value.sentence.startswith("1 seats of this stream are taken or offered already.")
    with pytest.raises(CannotBeSo):
        market.ask("ceiling", seats=1)


def test_a_what_if_made_the_round_is_true_and_can_be_released() -> None:
    market = Market()
    asked = market.ask("seats", stream=market.one.code, seats=2)
    asked = market.ask("fixed", base=asked, application=market.cy.code, stream=market.one.code)
    made = make_round_of(what_if=asked, reason="A co-funder asks for it.", by=market.rui)
    assert Stream.objects.get(pk=market.one.pk).seats == 2
    assert FixedPair.objects.get().reason == "A co-funder asks for it."
    assert (made.inputs_hash, made.result_hash) == (asked.inputs_hash, asked.result_hash)
    assert pairs(made) == {"Ada": "Two", "Bo": "One", "Cy": "One"}
    assert not Offer.objects.exists()
    with pytest.raises(IsARoundAlready):
        make_round_of(what_if=asked, reason="", by=market.rui)
    assert prepare_offers(made=made, by=market.rui) == 3
    world.release_all(market.cohort, market.rui, DecisionKind.OFFER)
    assert SelectionRound.objects.get().state == RoundState.RELEASED


def test_a_stream_whose_mentor_leaves_keeps_no_free_seat() -> None:
    market = Market()
    asked = market.ask("leaves", person="Mira", streams=[market.two.code])
    assert pairs(make_round_of(what_if=asked, reason="", by=market.rui)) == {"Ada": "One"}
    assert Stream.objects.get(pk=market.two.pk).seats == 0


def test_what_is_for_others_to_change_stays_a_what_if() -> None:
    market = Market()
    for asked in (
        market.ask("order", application=market.ada.code, stream=market.one.code, choice=1),
        market.ask("bar", stream=market.one.code, would_take=1),
        market.ask("floor", points="3", below=[]),
    ):
        with pytest.raises(NotOursToChange):
            make_round_of(what_if=asked, reason="", by=market.rui)
    assert not SelectionRound.objects.exists()


def test_a_what_if_from_before_something_changed_cannot_become_the_round() -> None:
    market = Market()
    asked = market.ask("seats", stream=market.one.code, seats=2)
    world.rank(market.one, market.rui, market.cy, market.ada)
    assert not market.compare(asked).columns[1].is_current
    with pytest.raises(RoundStale):
        make_round_of(what_if=asked, reason="", by=market.rui)
    assert Stream.objects.get(pk=market.one.pk).seats == 1


def test_a_what_if_from_before_offers_went_out_cannot_become_the_round() -> None:
    market = Market()
    asked = market.ask("ceiling", seats=5)
    made = run_matching(cohort=market.cohort, by=market.rui)
    prepare_offers(made=made, by=market.rui)
    world.release_all(market.cohort, market.rui, DecisionKind.OFFER)
    with pytest.raises(RoundStale):
        make_round_of(what_if=asked, reason="", by=market.rui)
    assert Cohort.objects.get().seats == 10


def test_whoever_has_a_tie_sees_neither_the_name_nor_the_move() -> None:
    market = Market()
    asked = market.ask("order", application=market.ada.code, stream=market.one.code, choice=1)
    declare_conflict(application=market.ada, person=market.rui, kind=ConflictKind.FRIEND, by=market.rui)
    comparison = market.compare(asked)
    assert moves(comparison) == {"Bo": ["One", "Two"]}
    assert comparison.hidden == 1
    assert comparison.columns[1].title == "an applicant whom you do not see: One as choice 1"


def test_staff_ask_from_the_page_and_see_the_runs_side_by_side(sign_in: SignIn) -> None:
    market = Market()
    client, url = sign_in(market.rui), reverse("mentors:what_if", args=[market.cohort.slug])
    answer = client.post(url, {"kind": "seats", "stream": market.one.code, "seats": "2"})
    assert answer.status_code == 302
    first = WhatIf.objects.get()
    assert answer["Location"] == f"{url}?run={first.code}"
    more = {"kind": "order", "base": first.code, "application": market.ada.code, "stream": market.one.code, "choice": 1}
    page = client.post(answer["Location"], more, follow=True)
    assert len(page.context["comparison"].columns) == 3
    assert moves(page.context["comparison"])["Cy"] == ["", "One", ""]
    refused = client.post(url, more | {"application": "nobody", "base": ""})
    assert refused.status_code == 400
    assert b"There is no submitted application of that code" in refused.content
    assert client.post(url, {"kind": "seats", "stream": market.one.code, "seats": "x"}).status_code == 400
    assert client.post(url, {"kind": "nothing"}).status_code == 400
    assert WhatIf.objects.count() == 2


@pytest.mark.parametrize("kind", [{}, {"kind": ""}, {"kind": "nonsense"}])
def test_what_was_typed_stays_where_nothing_says_what_to_change(sign_in: SignIn, kind: dict[str, str]) -> None:
    market = Market()
    client, url = sign_in(market.rui), reverse("mentors:what_if", args=[market.cohort.slug])
    typed = {"application": "typed code", "stream": market.one.code, "name": "Typed name"}
    answer = client.post(url, kind | typed)
    assert answer.status_code == 400
    assert [form.kind for form in answer.context["forms"] if form.is_bound] == ["fixed"]
    assert b"Nothing was run: it did not say what to change." in answer.content
    assert b'value="typed code"' in answer.content
    assert b'value="Typed name"' in answer.content
    order = client.post(url, kind | typed | {"choice": "1"})
    assert [form.kind for form in order.context["forms"] if form.is_bound] == ["order"]
    assert b"Nothing was run. Choose one thing to change" in client.post(url, kind).content
    assert not WhatIf.objects.exists()


def test_a_mentor_who_is_not_alone_can_leave_without_a_what_if(sign_in: SignIn) -> None:
    market = Market()
    mira, noor = world.make_mentor(market.one), world.make_mentor(market.one, "Noor")
    alone = world.make_mentor(market.two, "Ilya")
    client, url = sign_in(market.rui), reverse("mentors:what_if", args=[market.cohort.slug])
    assert client.post(url, {"kind": "leaves", "person": mira.code}).status_code == 400
    assert client.post(url, {"kind": "leaves", "person": noor.code}).status_code == 400
    assert client.post(url, {"kind": "leaves", "person": alone.code}).status_code == 302
    asked = WhatIf.objects.get()
    assert asked.changes == [{"kind": "leaves", "person": alone.code, "streams": [market.two.code]}]
    assert market.compare(asked).columns[1].title == "Ilya leaves"


def test_staff_make_a_what_if_the_round_and_only_a_coordinator_one_with_a_fixed_pair(sign_in: SignIn) -> None:
    market = Market()
    plain = market.ask("seats", stream=market.one.code, seats=2)
    fixed = market.ask("fixed", base=plain, application=market.cy.code, stream=market.one.code)
    client = sign_in(market.rui)
    url = reverse("mentors:make_round", args=[market.cohort.slug, plain.code])
    assert client.get(url).status_code == 200
    assert client.post(reverse("mentors:make_round", args=[market.cohort.slug, fixed.code])).status_code == 403
    answer = client.post(url)
    assert answer["Location"] == SelectionRound.objects.get().get_absolute_url()
    again = client.post(url)
    assert again.status_code == 409
    assert b"has become a round already" in again.content


def test_the_page_of_what_ifs_asks_the_same_for_few_and_for_many(sign_in: SignIn) -> None:
    market = Market()
    client = sign_in(market.rui)
    runs = [market.ask("seats", stream=market.one.code, seats=2)]
    counts = []
    for _ in range(2):
        url = reverse("mentors:what_if", args=[market.cohort.slug]) + "?" + "&".join(f"run={r.code}" for r in runs[:4])
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        counts.append(len(queries))
        more = [world.make_applicant(market.cohort, market.one, name=f"N{n}") for n in range(20)]
        world.rank(market.one, market.rui, *more, market.ada, market.bo)
        runs += [market.ask("seats", stream=market.one.code, seats=number) for number in range(3, 9)]
    assert counts[0] == counts[1] <= 20
