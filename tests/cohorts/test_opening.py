"""A cohort is opened with its dates proposed; streams have seats that are never taken away."""

from datetime import date

import pytest
from django.db.models import F

from mats_portal.cohorts.models import Stream, Track
from mats_portal.cohorts.policies import can_run_cohort
from mats_portal.cohorts.selectors import cohorts_visible_to, dates_of, path_of
from mats_portal.cohorts.services import (
    CohortNameTaken,
    SeatsTaken,
    StreamNameTaken,
    add_stream,
    add_track,
    change_cohort,
    change_stream,
    create_cohort,
)
from mats_portal.cohorts.states import MilestoneKind
from mats_portal.journal.models import Entry
from mats_portal.people.models import Person
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def rui() -> Person:
    return make.make_person("Rui")


def test_whoever_opens_a_cohort_becomes_its_staff(rui: Person) -> None:
    cohort = create_cohort(slug="summer-2030", name="Summer 2030", by=rui)
    assert can_run_cohort(rui, cohort).allowed
    assert not cohort.is_public
    assert dates_of(cohort) == {}


def test_dates_are_proposed_from_the_day_it_meets(rui: Person) -> None:
    cohort = create_cohort(slug="s", name="S", by=rui, in_person_on=date(2030, 7, 8))
    assert set(dates_of(cohort)) == set(MilestoneKind)
    first, second = path_of(cohort)[:2]
    assert (first.label, first.text) == ("Applications open", "6 April 2030")
    assert (second.label, second.text) == ("Applications close", "Sun 5 May 2030, 23:59 AoE")


def test_dates_and_tracks_are_taken_from_an_earlier_cohort(rui: Person) -> None:
    older = create_cohort(slug="s", name="S", by=rui, in_person_on=date(2030, 7, 8))
    add_track(cohort=older, name="Theory", by=rui)
    newer = create_cohort(slug="w", name="W", by=rui, in_person_on=date(2031, 1, 6), copied_from=older)
    shift = dates_of(newer)[MilestoneKind.IN_PERSON_STARTS] - dates_of(older)[MilestoneKind.IN_PERSON_STARTS]
    assert shift.days == (date(2031, 1, 6) - date(2030, 7, 8)).days
    assert list(Track.objects.filter(cohort=newer).values_list("name", flat=True)) == ["Theory"]


def test_name_and_address_are_taken_once(rui: Person) -> None:
    create_cohort(slug="s", name="S", by=rui)
    for slug, name in (("s", "Another"), ("another", "S")):
        with pytest.raises(CohortNameTaken):
            create_cohort(slug=slug, name=name, by=rui)


def test_change_tells_which_fields_and_leaves_the_rest(rui: Person) -> None:
    cohort = create_cohort(slug="s", name="S", by=rui)
    change_cohort(cohort=cohort, by=rui, welcome="Come in.", seats=60)
    assert Entry.objects.first().facts == {"fields": ["welcome"]}  # type: ignore[union-attr]
    with pytest.raises(CohortNameTaken):
        change_cohort(cohort=create_cohort(slug="w", name="W", by=rui), by=rui, name="S")


def test_cohort_that_is_not_public_is_seen_by_those_who_belong(rui: Person) -> None:
    cohort = create_cohort(slug="s", name="S", by=rui)
    assert cohort in cohorts_visible_to(rui)
    assert cohort not in cohorts_visible_to(make.make_person("Nobody"))
    change_cohort(cohort=cohort, by=rui, is_public=True)
    assert cohort in cohorts_visible_to(make.make_person("Nobody"))


def test_streams_get_a_hue_each(rui: Person) -> None:
    cohort = make.make_cohort()
    hues = [add_stream(cohort=cohort, name=f"Stream {number}", by=rui).hue for number in range(13)]
    assert hues == [*range(12), 0]


def test_stream_name_is_taken_once_per_cohort(rui: Person) -> None:
    cohort = make.make_cohort()
    add_stream(cohort=cohort, name="Oversight", by=rui)
    other = add_stream(cohort=cohort, name="Control", by=rui)
    with pytest.raises(StreamNameTaken):
        add_stream(cohort=cohort, name="Oversight", by=rui)
    with pytest.raises(StreamNameTaken):
        change_stream(stream=other, name="Oversight", seats=4, by=rui)


def test_seats_are_never_fewer_than_are_taken(rui: Person) -> None:
    stream = add_stream(cohort=make.make_cohort(), name="Oversight", by=rui, seats=4)
    Stream.objects.filter(pk=stream.pk).update(seats_taken=F("seats_taken") + 3)
    with pytest.raises(SeatsTaken, match="3 seats"):
        change_stream(stream=stream, name="Oversight", seats=2, by=rui)
    assert change_stream(stream=stream, name="Oversight", seats=3, by=rui).seats == 3
