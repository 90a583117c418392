"""Setting up a cohort in a browser: what is typed is kept, what happens is said."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mats_portal.cohorts.models import Cohort, Extension, Membership, Milestone, Stream
from mats_portal.cohorts.selectors import dates_of
from mats_portal.cohorts.states import CohortRole, MilestoneKind
from mats_portal.outbox.models import Letter
from mats_portal.people.models import Invitation, Person
from mats_portal.people.states import Role
from tests import make

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]
CLOSE = MilestoneKind.APPLICATIONS_CLOSE


@pytest.fixture
def cohort() -> Cohort:
    return make.make_cohort("Winter")


@pytest.fixture
def rui(sign_in: SignIn, cohort: Cohort) -> Client:
    person = make.make_person("Rui")
    make.make_membership(person, cohort, CohortRole.STAFF)
    return sign_in(person)


def page(name: str, cohort: Cohort, *more: str) -> str:
    return reverse(f"cohorts:{name}", args=[cohort.slug, *more])


def typed(client: Client, cohort: Cohort) -> dict[str, str]:
    """What the dates page would send if nothing was changed."""
    form = client.get(page("dates", cohort)).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: f"{value:%Y-%m-%dT%H:%M}" for name, value in values.items() if isinstance(value, datetime)}


def test_coordinator_opens_a_cohort_with_its_dates(sign_in: SignIn) -> None:
    coordinator = make.make_person("Coo")
    make.make_global_role(coordinator, Role.COORDINATOR)
    answer = sign_in(coordinator).post(
        reverse("cohorts:new"), {"name": "Summer 2030", "zone": "UTC", "in_person_on": "2030-07-08"}
    )
    assert answer["Location"] == "/cohorts/summer-2030/dates/"
    assert dates_of(Cohort.objects.get())[MilestoneKind.IN_PERSON_STARTS] == datetime(2030, 7, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    "data",
    [
        {"name": "New"},
        {"name": "新"},
        {"name": "S", "in_person_on": "9999-12-31"},
        {"name": "S", "in_person_on": "0001-01-01"},
        {"name": "S", "slug": "../etc"},
        {"name": "S", "zone": "Mars/Olympus"},
        {"name": "\x00"},
        {"name": "S" * 101},
    ],
)
def test_cohort_that_cannot_be_is_refused_with_what_was_typed(sign_in: SignIn, data: dict[str, str]) -> None:
    adm = make.make_person("Adm")
    make.make_global_role(adm)
    answer = sign_in(adm).post(reverse("cohorts:new"), {"zone": "UTC"} | data)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not Cohort.objects.exists()


def test_dates_are_shown_in_the_official_zone_and_come_back_unchanged(rui: Client, cohort: Cohort) -> None:
    before = dates_of(cohort)
    answer = rui.post(page("dates", cohort), typed(rui, cohort) | {"act": "save"}, follow=True)
    assert "Nothing had changed." in answer.content.decode()
    assert dates_of(cohort) == before


def test_end_of_day_is_typed_as_2359_and_kept_as_the_midnight_after(rui: Client, cohort: Cohort) -> None:
    rui.post(page("dates", cohort), typed(rui, cohort) | {CLOSE: "2060-05-07T23:59", "act": "save"})
    assert dates_of(cohort)[CLOSE] == datetime(2060, 5, 8, 12, tzinfo=UTC)
    assert typed(rui, cohort)[CLOSE] == "2060-05-07T23:59"


def test_looking_first_changes_nothing_and_says_what_would(rui: Client, cohort: Cohort) -> None:
    before = dates_of(cohort)
    answer = rui.post(page("dates", cohort), typed(rui, cohort) | {CLOSE: "2060-05-07T23:59", "act": "look"})
    assert "Applications close: Fri 7 May 2060, 23:59 anywhere on Earth" in answer.content.decode()
    assert dates_of(cohort) == before


def test_shortening_asks_and_is_done_when_confirmed(rui: Client, cohort: Cohort) -> None:
    sooner = f"{dates_of(cohort)[CLOSE] - timedelta(days=2):%Y-%m-%dT10:00}"
    data = typed(rui, cohort) | {CLOSE: sooner, "act": "save"}
    answer = rui.post(page("dates", cohort), data)
    assert "People were promised more time" in answer.content.decode()
    assert answer.context["form"][CLOSE].value() == sooner
    rui.post(page("dates", cohort), data | {"is_shortening_confirmed": "on"})
    assert dates_of(cohort)[CLOSE].minute == 0


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00", "9999-12-31T23:59", "next week", "2030-13-45T99:99", "9" * 5000]
)
def test_date_that_cannot_be_is_refused_and_kept_as_typed(rui: Client, cohort: Cohort, moment: str) -> None:
    answer = rui.post(page("dates", cohort), typed(rui, cohort) | {CLOSE: moment, "act": "save"})
    assert answer.status_code == 200
    assert answer.context["form"].errors[CLOSE]


def test_time_that_the_clocks_skip_is_refused(rui: Client, cohort: Cohort) -> None:
    Cohort.objects.update(zone="Europe/London")
    answer = rui.post(page("dates", cohort), {CLOSE: "2030-03-31T01:30", "act": "save"})
    assert "clocks change" in str(answer.context["form"].errors[CLOSE])


def test_stream_is_added_with_a_new_track_and_changed(rui: Client, cohort: Cohort) -> None:
    data = {"name": "Oversight", "track_name": "Empirical", "seats": 4}
    rui.post(page("add_stream", cohort), data)
    stream = Stream.objects.get()
    assert (stream.track and stream.track.name, stream.seats) == ("Empirical", 4)
    rui.post(page("change_stream", cohort, stream.code), data | {"seats": 6})
    stream.refresh_from_db()
    assert stream.seats == 6


def test_seats_that_are_taken_stay_and_the_number_typed_too(rui: Client, cohort: Cohort) -> None:
    stream = make.make_stream(cohort, "Oversight", seats_taken=3)
    answer = rui.post(page("change_stream", cohort, stream.code), {"name": "Oversight", "seats": 1})
    assert "3 seats of Oversight are taken" in answer.content.decode()
    assert answer.context["form"]["seats"].value() == "1"


def test_member_is_invited_and_ended(rui: Client, cohort: Cohort) -> None:
    rui.post(page("invite", cohort), {"email": "ben@example.org", "role": "reviewer", "name": "Ben"})
    assert Invitation.objects.get().email == Letter.objects.get().address == "ben@example.org"
    assert "ben@example.org" in rui.get(page("members", cohort)).content.decode()
    membership = make.make_membership(make.make_person("Rea"), cohort, CohortRole.REVIEWER)
    rui.post(page("end_membership", cohort, membership.person.code), {"role": "reviewer"})
    membership.refresh_from_db()
    assert membership.until is not None


def test_mentor_is_invited_with_a_stream_of_this_cohort(rui: Client, cohort: Cohort) -> None:
    elsewhere = make.make_stream(make.make_cohort())
    for stream in ("", elsewhere.code):
        data = {"email": "mira@example.org", "role": "mentor", "stream": stream}
        assert rui.post(page("invite", cohort), data).context["form"].errors["stream"]
    assert not Invitation.objects.exists()


def test_last_of_the_staff_is_told_what_to_do(rui: Client, cohort: Cohort) -> None:
    code = Membership.objects.get(role="staff").person.code
    answer = rui.post(page("end_membership", cohort, code), {"role": "staff"}, follow=True)
    assert "Give the role to somebody else first." in answer.content.decode()


def test_extension_is_given_by_address(rui: Client, cohort: Cohort) -> None:
    sam = make.make_person("Sam")
    data = {"email": sam.email.upper(), "kind": "plans_due", "at": "2060-05-07T23:59", "reason": "Ill."}
    rui.post(page("extensions", cohort), data)
    assert Extension.objects.get().person == sam
    answer = rui.post(page("extensions", cohort), data | {"email": "who@example.org", "reason": "My typed reason"})
    assert "Nobody here has this address." in answer.content.decode()
    assert "My typed reason" in answer.content.decode()


def test_public_page_shows_what_and_who_but_no_tabs(client: Client, cohort: Cohort) -> None:
    Cohort.objects.update(welcome="Come <b>in</b>.")
    stream = make.make_stream(cohort, "Oversight")
    make.make_membership(make.make_person("Mira"), cohort, CohortRole.MENTOR, stream)
    shown = client.get(cohort.get_absolute_url()).content.decode()
    assert "Mira" in shown
    assert "Come &lt;b&gt;in&lt;/b&gt;." in shown
    assert page("dates", cohort) not in shown


def test_head_names_the_cohort_and_leads_to_its_pages_and_the_others(rui: Client, cohort: Cohort) -> None:
    other = make.make_cohort("Summer")
    make.make_membership(Person.objects.get(name="Rui"), other, CohortRole.STAFF)
    shown = rui.get(page("dates", cohort)).content.decode()
    assert f'<span class="place-name">{cohort.name}</span>' in shown
    assert page("overview", other) in shown
    assert f'<a href="{page("dates", cohort)}" aria-current="page">Dates</a>' in shown
    assert f'<a href="{page("dates", cohort)}" aria-current="true">Set-up</a>' in shown
    assert page("dates", other) not in shown


def test_entries_are_few_and_named_alike_in_every_cohort(rui: Client, cohort: Cohort) -> None:
    frame = rui.get(page("dates", cohort)).context["frame"]
    labels = [entry.label for entry in frame.menu]
    assert labels == ["Home", "Applications", "Selection", "Streams", "Scholars", "Plans", "Reports", "Set-up"]


def test_mentor_finds_review_and_their_own_stream(sign_in: SignIn, cohort: Cohort) -> None:
    mira = make.make_person("Mira")
    make.make_membership(mira, cohort, CohortRole.MENTOR, make.make_stream(cohort, "Oversight"))
    frame = sign_in(mira).get("/").context["frame"]
    found = {entry.label: [item.label for item in entry.tabs] for entry in frame.menu}
    assert found == {"Home": [], "Review": [], "My stream": ["Ranking", "Questions"], "Scholars": [], "Plans": []}


def test_administrator_is_at_work_in_the_cohort_of_the_page_alone(sign_in: SignIn, cohort: Cohort) -> None:
    adi = make.make_person("Adi")
    make.make_global_role(adi)
    client = sign_in(adi)
    assert client.get("/").context["frame"].place is None
    frame = client.get(page("dates", cohort)).context["frame"]
    assert frame.place.cohort == cohort
    assert "Applications" not in [entry.label for entry in frame.menu]


def test_home_of_staff_says_what_waits(rui: Client, cohort: Cohort) -> None:
    rui.post(page("invite", cohort), {"email": "ben@example.org", "role": "reviewer"})
    shown = rui.get("/").content.decode()
    assert "1 invitation is unanswered in Winter" in shown
    assert "Invitations unanswered" in shown


def set_up(cohort: Cohort) -> None:
    """Arrange what a cohort needs before people apply."""
    make.make_membership(make.make_person("Mira"), cohort, CohortRole.MENTOR, make.make_stream(cohort))


def test_home_and_overview_lead_staff_through_the_set_up_of_a_cohort(sign_in: SignIn) -> None:
    cohort = make.make_cohort("Autumn", milestones={}, is_public=False)
    person = make.make_person("Rui")
    make.make_membership(person, cohort, CohortRole.STAFF)
    rui = sign_in(person)
    assert f'href="{page("dates", cohort)}">Set the dates' in rui.get("/").content.decode()
    for kind, days in ((MilestoneKind.APPLICATIONS_OPEN, 1), (MilestoneKind.APPLICATIONS_CLOSE, 9)):
        Milestone.objects.create(cohort=cohort, kind=kind, at=timezone.now() + timedelta(days=days))
    shown = rui.get("/").content.decode()
    assert "Autumn is being set up" in shown
    stream = make.make_stream(cohort)
    assert "0 of 1 have one who has joined" in rui.get(page("overview", cohort)).content.decode()
    make.make_membership(make.make_person("Mira"), cohort, CohortRole.MENTOR, stream)
    assert "Make the page public" in rui.get(page("overview", cohort)).content.decode()
    Cohort.objects.filter(pk=cohort.pk).update(is_public=True)
    assert "Before applications open" not in rui.get(page("overview", cohort)).content.decode()
    assert "Nothing is stuck in Autumn" in rui.get("/").content.decode()


def test_nothing_is_left_to_set_up_once_applications_have_closed(rui: Client, cohort: Cohort) -> None:
    assert "Add the streams" in rui.get(page("overview", cohort)).content.decode()
    Milestone.objects.filter(cohort=cohort, kind=MilestoneKind.APPLICATIONS_CLOSE).update(at=timezone.now())
    assert "Add the streams" not in rui.get(page("overview", cohort)).content.decode()


def test_home_of_staff_has_a_line_for_cohorts_where_nothing_is_stuck(rui: Client, cohort: Cohort) -> None:
    other = make.make_cohort("Summer")
    make.make_membership(Person.objects.get(name="Rui"), other, CohortRole.STAFF)
    set_up(other)
    rui.post(page("invite", cohort), {"email": "ben@example.org", "role": "reviewer"})
    shown = rui.get("/").content.decode()
    assert "Nothing is stuck elsewhere" in shown
    assert page("overview", other) in shown
    assert shown.count('class="path"') == 1


def test_home_of_staff_says_so_when_nothing_waits(rui: Client, cohort: Cohort) -> None:
    set_up(cohort)
    assert "Nothing is stuck in Winter" in rui.get("/").content.decode()


def test_home_of_somebody_without_a_part_shows_what_is_open(sign_in: SignIn, cohort: Cohort) -> None:
    shown = sign_in(make.make_person("Nobody")).get("/").content.decode()
    assert "Good to see you, Nobody" in shown
    assert "Winter" in shown


def test_front_page_shows_open_cohorts_only(client: Client, cohort: Cohort) -> None:
    make.make_cohort("Long over", days_later=-400)
    make.make_cohort("Not shown", is_public=False)
    shown = client.get("/").content.decode()
    assert "Winter" in shown
    assert "Long over" not in shown
    assert "Not shown" not in shown


# Lists ask twelve times at most; the overview also asks the other apps what waits.
@pytest.mark.parametrize(
    ("name", "most"),
    [("members", 12), ("streams", 12), ("history", 12), ("extensions", 12), ("overview", 21), ("cohort", 12)],
)
def test_page_asks_as_much_for_three_as_for_thirty(
    rui: Client, cohort: Cohort, name: str, most: int, django_assert_max_num_queries: Any
) -> None:
    counts = []
    for number in (3, 27):
        for _ in range(number):
            stream = make.make_stream(cohort)
            make.make_membership(make.make_person("Mira"), cohort, CohortRole.MENTOR, stream)
        with django_assert_max_num_queries(most) as asked:
            rui.get(page(name, cohort))
        counts.append(len(asked))
    assert counts[0] == counts[1]
