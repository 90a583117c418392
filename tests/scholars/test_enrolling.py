"""Change stream, finish, leave: memberships are closed and opened, seats stay true."""

from __future__ import annotations

import pytest

from mats_portal.cohorts.models import Membership, Stream
from mats_portal.cohorts.states import CohortRole
from mats_portal.journal.models import Entry
from mats_portal.outbox.models import Letter
from mats_portal.reports.frame import ReportTables
from mentors.errors import NoSeatLeft
from research_plans.reports import PLANS
from scholars.errors import (
    CountDiffers,
    NobodyChosen,
    NotInProgramme,
    OtherCohort,
    ReasonMissing,
    SameStream,
    StreamWithoutMentor,
)
from scholars.models import Scholar, Switch
from scholars.selectors import history_of, switch_counts
from scholars.services import allow_mentorless, finish_scholars, leave_programme, switch_stream
from scholars.services.enrolling import Move
from scholars.states import ScholarState, SwitchReason
from tests import make
from tests.scholars.world import make_led_stream, make_scholar, make_staff

pytestmark = pytest.mark.django_db


def taken(stream: Stream) -> int:
    """The stream's taken seats as the database has them."""
    return Stream.objects.values_list("seats_taken", flat=True).get(pk=stream.pk)


def move(scholar: Scholar, to: Stream, note: str = "") -> Switch:
    """Rui moves the scholar."""
    return switch_stream(scholar=scholar, move=Move(to, SwitchReason.INTERESTS, note), by=make_staff(scholar.cohort))


def test_switching_keeps_the_way_with_its_date_and_reason() -> None:
    here = make_led_stream(name="Here")
    there = make_led_stream(here.cohort, "There")
    sam = make_scholar(here)
    switch = move(sam, there, note="Talked it over twice.")
    sam.refresh_from_db()
    assert (sam.stream, taken(here), taken(there)) == (there, 0, 1)
    switches, rows = history_of(sam)
    assert switches == [switch]
    assert [(row.stream, row.until is None) for row in rows] == [(here, False), (there, True)]
    assert rows[0].reason == "changed stream: Interests diverged"
    assert switch_counts(sam.cohort) == {SwitchReason.INTERESTS: 1}
    entry = Entry.objects.get(verb="switch stream")
    assert "Talked" not in str(entry.facts)
    letter = Letter.objects.get(kind="stream changed")
    assert letter.recipient == sam.person
    assert "Talked" not in letter.text
    assert "diverged" not in letter.text


def test_switching_is_refused_where_it_cannot_be() -> None:
    here, full = make_led_stream(), None
    full = make_led_stream(here.cohort, seats=1)
    make_scholar(full, "Sid")
    sam = make_scholar(here)
    bare = make.make_stream(here.cohort)
    for target, refusal in (
        (here, SameStream),
        (make_led_stream(), OtherCohort),
        (bare, StreamWithoutMentor),
        (full, NoSeatLeft),
    ):
        with pytest.raises(refusal):
            move(sam, target)
    assert (taken(here), taken(full)) == (1, 1)
    assert not Switch.objects.exists()
    allow_mentorless(stream=bare, reason="Mira starts in June.", by=make_staff(here.cohort))
    move(sam, bare)
    assert (taken(here), taken(bare)) == (0, 1)


def test_full_cohort_still_lets_somebody_change_stream() -> None:
    cohort = make.make_cohort(seats=1)
    here, there = make_led_stream(cohort), make_led_stream(cohort)
    move(make_scholar(here), there)
    assert (taken(here), taken(there)) == (0, 1)


def test_finishing_makes_alumni_of_those_chosen_and_typed() -> None:
    stream = make_led_stream(seats=5)
    sam, sid = make_scholar(stream, "Sam"), make_scholar(stream, "Sid")
    rui = make_staff(stream.cohort)
    for codes, count, refusal in (([], 0, NobodyChosen), ([sam.code], 2, CountDiffers), (["abc"], 1, NotInProgramme)):
        with pytest.raises(refusal):
            finish_scholars(cohort=stream.cohort, codes=codes, typed_count=count, by=rui)
    assert finish_scholars(cohort=stream.cohort, codes=[sam.code, sam.code], typed_count=1, by=rui) == 1
    sam.refresh_from_db()
    assert (sam.state, sam.ended_at is None) == (ScholarState.FINISHED, False)
    roles = Membership.objects.open().filter(person=sam.person).values_list("role", flat=True)
    assert list(roles) == [CohortRole.ALUMNUS]
    assert Membership.objects.open().filter(person=sid.person, role=CohortRole.SCHOLAR).exists()
    assert Letter.objects.filter(kind="programme finished").count() == 1
    assert taken(stream) == 2
    with pytest.raises(NotInProgramme):
        finish_scholars(cohort=stream.cohort, codes=[sam.code], typed_count=1, by=rui)
    with pytest.raises(NotInProgramme):
        move(sam, make_led_stream(stream.cohort))


def test_leaving_early_frees_the_seat_and_needs_a_reason() -> None:
    stream = make_led_stream(seats=1)
    sam = make_scholar(stream)
    rui = make_staff(stream.cohort)
    with pytest.raises(ReasonMissing):
        leave_programme(scholar=sam, reason="  ", by=rui)
    leave_programme(scholar=sam, reason="A job.", by=rui)
    sam.refresh_from_db()
    assert (sam.state, sam.ended_reason, taken(stream)) == (ScholarState.LEFT, "A job.", 0)
    assert not Membership.objects.open().filter(person=sam.person).exists()
    make_scholar(stream, "Sid")
    with pytest.raises(NotInProgramme):
        leave_programme(scholar=sam, reason="Again.", by=rui)


def test_report_on_plans_counts_who_is_in_the_programme() -> None:
    stream = make_led_stream(seats=5)
    assert "Nobody is in the programme yet" in PLANS.compile(stream.cohort).answer
    make_scholar(stream)
    leave_programme(scholar=make_scholar(stream, "Sid"), reason="A job.", by=make_staff(stream.cohort))
    tables: ReportTables = PLANS.compile(stream.cohort)
    assert tables.answer == "0 of 1 have submitted a research plan, 0 of them in time."
