"""Shared seats, minimum seats, level applicants and pairs fixed by decision, from the page to the offers."""

from __future__ import annotations

import pytest
from django.urls import reverse

from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.journal.models import Entry
from mats_portal.people.models import GlobalRole, Person
from mats_portal.people.states import Role
from mentors.erasing import erase
from mentors.errors import NoRoomForPair, NoSeatLeft, NotWaitingForStream, ReasonMissing
from mentors.models import Draw, FixedPair, SharedSeats, StreamRule
from mentors.selectors import selection_inputs
from mentors.selectors.offers import digest
from mentors.selectors.rounds import result_for
from mentors.selectors.rules import preview_of
from mentors.services import (
    ask_what_if,
    declare_conflict,
    end_fixed_pair,
    fix_pair,
    make_offer,
    run_matching,
    set_minimum_seats,
    share_seats,
    stop_sharing_seats,
)
from mentors.services.rounds import FixedBeyondSeats
from mentors.services.rules import (
    PairEnded,
    PairFixedAlready,
    PoolNameTaken,
    PreviewChanged,
    SharesAlready,
    TooFewStreams,
)
from mentors.states import ConflictKind
from tests import make
from tests.conftest import SignIn
from tests.mentors import world

pytestmark = pytest.mark.django_db


def make_streams(*names: str, seats: int = 1) -> tuple[Cohort, list[Stream], Person]:
    """A cohort with streams of equal seats, and its staff."""
    cohort = make.make_cohort()
    return cohort, [make.make_stream(cohort, name, seats=seats) for name in names], world.make_staff(cohort)


def make_director(cohort: Cohort) -> Person:
    """A coordinator on the staff."""
    dora = world.make_staff(cohort, "Dora")
    GlobalRole.objects.create(person=dora, role=Role.COORDINATOR)
    return world.fresh(dora)


def test_streams_that_share_seats_take_no_more_together_in_rounds_and_by_hand() -> None:
    cohort, (one, two), rui = make_streams("One", "Two", seats=2)
    share_seats(cohort=cohort, name="Interp", seats=2, streams=[one.code, two.code], by=rui)
    people = [
        world.make_applicant(cohort, stream, name=name) for stream, name in ((one, "Ada"), (one, "Bo"), (two, "Cy"))
    ]
    world.rank(one, rui, *people[:2])
    world.rank(two, rui, people[2])
    made = run_matching(cohort=cohort, by=rui)
    assert sorted(made.result["pairs"]) == sorted([people[0].code, people[2].code])
    reasons = {one.person.name: told for one, told in result_for(made, rui).unmatched}
    assert reasons == {"Bo": ["One: place 2 there, but the seats that it shares were filled."]}
    for application, stream in ((people[0], one), (people[2], two)):
        make_offer(application=application, stream=stream, reason="early", by=rui)
    assert selection_inputs(cohort)["pools"][0]["seats"] == 0
    with pytest.raises(NoSeatLeft):
        make_offer(application=people[1], stream=one, reason="one more", by=rui)


def test_seats_are_shared_once_and_by_two_or_more() -> None:
    cohort, (one, two, three), rui = make_streams("One", "Two", "Three")
    with pytest.raises(TooFewStreams):
        share_seats(cohort=cohort, name="Interp", seats=1, streams=[one.code], by=rui)
    shared = share_seats(cohort=cohort, name="Interp", seats=1, streams=[one.code, two.code], by=rui)
    with pytest.raises(SharesAlready):
        share_seats(cohort=cohort, name="Other", seats=1, streams=[two.code, three.code], by=rui)
    stop_sharing_seats(shared=shared, by=rui)
    share_seats(cohort=cohort, name="Interp", seats=1, streams=[two.code, three.code], by=rui)
    with pytest.raises(PoolNameTaken):
        share_seats(cohort=cohort, name="Interp", seats=1, streams=[one.code, make.make_stream(cohort).code], by=rui)
    assert [entry.verb for entry in Entry.objects.order_by("pk")].count("share seats") == 2


def test_a_stream_under_its_minimum_is_reported_in_the_round() -> None:
    cohort, (one, two), rui = make_streams("One", "Two", seats=3)
    set_minimum_seats(cohort=cohort, minimums={one.code: 2, two.code: 0}, by=rui)
    set_minimum_seats(cohort=cohort, minimums={one.code: 2}, by=rui)
    assert Entry.objects.filter(verb="set minimum seats").count() == 1
    world.rank(one, rui, world.make_applicant(cohort, one))
    result = result_for(run_matching(cohort=cohort, by=rui), rui)
    assert [(entry.stream.name, entry.missing) for entry in result.streams] == [("One", 1), ("Two", 0)]


def test_the_draw_is_made_once_and_kept_with_every_run() -> None:
    cohort, (one,), rui = make_streams("One")
    world.rank(one, rui, world.make_applicant(cohort, one))
    first = run_matching(cohort=cohort, by=rui)
    seed = Draw.objects.get().seed
    assert run_matching(cohort=cohort, by=rui).inputs["seed"] == first.inputs["seed"] == seed
    assert len(seed) == 43


def fix(cohort: Cohort, name: str, stream: Stream, by: Person, reason: str = "Needed there.") -> FixedPair:
    """The decision, as previewed now."""
    application = cohort.applications.get(person__name=name)
    expected = digest(selection_inputs(cohort))
    return fix_pair(application=application, stream=stream, reason=reason, expected=expected, by=by)


def test_a_fixed_pair_is_previewed_kept_with_its_reason_and_told_in_the_round() -> None:
    cohort, (one, two), _ = make_streams("One", "Two")
    dora = make_director(cohort)
    ada, bo = world.make_applicant(cohort, one), world.make_applicant(cohort, one, two, name="Bo")
    world.rank(one, dora, ada, bo)
    world.rank(two, dora, bo)
    preview = preview_of(cohort, bo, one, dora)
    assert [mover.application.person.name for mover in preview.movers] == ["Ada", "Bo"]
    assert [(other.person.name, stream.name) for other, stream in preview.blocking] == [("Ada", "One")]
    pair = fix(cohort, "Bo", one, dora)
    assert pair.blocking == 1
    assert Entry.objects.get(verb="fix pair").facts["blocking"] == 1
    made = run_matching(cohort=cohort, by=dora)
    assert made.result == {"pairs": {bo.code: one.code}, "blocking_pairs": 1}
    result = result_for(made, dora)
    assert [(other.person.name, stream) for other, stream in result.blocking] == [("Ada", "One")]
    assert result.streams[0].rows[0].is_fixed
    assert {a.person.name: told for a, told in result.unmatched} == {
        "Ada": ["One: place 1 there; its seats were given by decision."]
    }
    end_fixed_pair(pair=pair, by=dora)
    with pytest.raises(PairEnded):
        end_fixed_pair(pair=pair, by=dora)
    assert run_matching(cohort=cohort, by=dora).result["pairs"] == {ada.code: one.code, bo.code: two.code}


def test_the_reason_for_a_fixed_pair_goes_with_the_applicant_it_speaks_of() -> None:
    cohort, (one,), _ = make_streams("One")
    dora = make_director(cohort)
    ada, bo = world.make_applicant(cohort, one), world.make_applicant(cohort, one, name="Bo")
    change = {"kind": "order", "application": ada.code, "stream": one.code, "choice": 1}
    fix(cohort, "Ada", one, dora, reason="Ada Okonkwo wrote its code.")
    asked = ask_what_if(cohort=cohort, change=change, name="What if Ada waits", by=dora)
    erase(bo.person)
    assert FixedPair.objects.get().reason == "Ada Okonkwo wrote its code."
    erase(ada.person)
    assert "Ada" not in FixedPair.objects.get().reason
    asked.refresh_from_db()
    assert "Ada" not in asked.name
    assert not any("Ada" in str(facts) for facts in Entry.objects.values_list("facts", flat=True))


def test_what_a_fixed_pair_is_refused_for() -> None:
    cohort, (one, two), _ = make_streams("One", "Two")
    dora = make_director(cohort)
    world.make_applicant(cohort, one)
    world.make_applicant(cohort, one, name="Bo")
    with pytest.raises(ReasonMissing):
        fix(cohort, "Ada", one, dora, reason=" ")
    with pytest.raises(NotWaitingForStream):
        fix(cohort, "Ada", two, dora)
    stale = digest(selection_inputs(cohort))
    fix(cohort, "Ada", one, dora)
    with pytest.raises(PreviewChanged):
        fix_pair(
            application=cohort.applications.get(person__name="Ada"), stream=one, reason="x", expected=stale, by=dora
        )
    with pytest.raises(PairFixedAlready):
        fix(cohort, "Ada", one, dora)
    with pytest.raises(NoRoomForPair):
        fix(cohort, "Bo", one, dora)
    Stream.objects.filter(pk=one.pk).update(seats=0)
    with pytest.raises(FixedBeyondSeats):
        run_matching(cohort=cohort, by=dora)


def test_a_coordinator_on_the_staff_fixes_a_pair_from_the_page_and_others_do_not(sign_in: SignIn) -> None:
    cohort, (one,), rui = make_streams("One")
    dora = make_director(cohort)
    ada, bo = world.make_applicant(cohort, one), world.make_applicant(cohort, one, name="Bo")
    world.rank(one, rui, ada, bo)
    url = reverse("mentors:fix", args=[cohort.slug])
    assert sign_in(rui).get(url).status_code == 403
    client = sign_in(dora)
    assert client.post(url, {"application": "nobody", "stream": one.code}).status_code == 400
    page = client.post(url, {"application": bo.code, "stream": one.code})
    assert b"Ada and One" in page.content
    assert not FixedPair.objects.exists()
    typed = {"application": bo.code, "stream": one.code, "decide": "1", "reason": "He wrote its code."}
    stale = client.post(url, typed | {"expected": "0" * 64})
    assert stale.status_code == 409
    assert b"He wrote its code." in stale.content
    assert client.post(url, typed | {"expected": page.context["preview"].digest}).status_code == 302
    rules = client.get(reverse("mentors:rules", args=[cohort.slug]))
    assert b"He wrote its code." in rules.content
    end = reverse("mentors:unfix", args=[cohort.slug, FixedPair.objects.get().code])
    assert sign_in(rui).post(end).status_code == 403
    client = sign_in(dora)
    declare_conflict(application=bo, person=dora, kind=ConflictKind.FRIEND, by=dora)
    assert client.post(end).status_code == 404
    assert b"He wrote its code." not in client.get(reverse("mentors:rules", args=[cohort.slug])).content


def test_staff_lay_down_shared_and_minimum_seats_from_the_page(sign_in: SignIn) -> None:
    cohort, (one, two), rui = make_streams("One", "Two")
    client, url = sign_in(rui), reverse("mentors:rules", args=[cohort.slug])
    typed = {"share": "1", "name": "Interp", "seats": "3", "streams": [one.code, two.code]}
    assert client.post(url, typed).status_code == 302
    again = client.post(url, typed)
    assert again.status_code == 400
    assert b"shares seats with others already" in again.content
    assert client.post(url, {f"minimum_{one.code}": 2, f"minimum_{two.code}": 0}).status_code == 302
    assert StreamRule.objects.get(stream=one).minimum == 2
    assert client.post(url, {f"minimum_{one.code}": -1, f"minimum_{two.code}": 0}).status_code == 400
    shared = SharedSeats.objects.get()
    assert client.post(reverse("mentors:stop_sharing", args=[cohort.slug, shared.code])).status_code == 302
    assert StreamRule.objects.get(stream=one).shared is None
    assert StreamRule.objects.get(stream=one).minimum == 2
