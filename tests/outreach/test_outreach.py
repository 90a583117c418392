from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from applications.outreach.charting import interest_chart
from applications.outreach.errors import ChannelInUse, ChannelNameTaken, InterestNotOpen
from applications.outreach.models import Channel, Interest
from applications.outreach.reports import compile_channels
from applications.outreach.selectors import actions_of, arrivals, heard, listed_names
from applications.outreach.services import leave_interest, log_action, order_channels, remove_channel, save_channel
from applications.outreach.specs import Deed
from mats_portal.cohorts.models import Cohort
from mats_portal.journal.models import Entry
from tests import make
from tests.conftest import SignIn
from tests.scenarios import World

pytestmark = pytest.mark.django_db


def leave(cohort: Cohort, email: str, *names: str) -> Interest:
    channels = [channel for channel in make.make_channels() if channel.name in names]
    return leave_interest(cohort=cohort, name="Ada", email=email, channels=channels, other="", wants_reminders=True)


def test_interest_is_kept_once_for_an_address_and_the_newer_words_count() -> None:
    cohort = make.make_cohort()
    leave(cohort, "ada@example.org", "Twitter", "Other")
    again = leave(cohort, "Ada@Example.org", "Twitter", "AI safety Slack")
    assert Interest.objects.get() == again
    assert {channel.name for channel in again.channels.all()} == {"Twitter", "AI safety Slack"}


def test_interest_before_the_opening_is_refused() -> None:
    for cohort in (make.make_cohort(days_later=100), make.make_cohort(milestones={})):
        with pytest.raises(InterestNotOpen):
            leave(cohort, "ada@example.org")


def test_database_keeps_one_interest_for_an_address_in_any_capitals() -> None:
    cohort = make.make_cohort()
    Interest.objects.create(cohort=cohort, name="Ada", email="ada@example.org")
    for email in ("ada@example.org", "ADA@example.org"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Interest.objects.create(cohort=cohort, name="Ada", email=email)


def test_shares_are_of_all_forms_and_the_silent_are_counted() -> None:
    cohort = make.make_cohort()
    leave(cohort, "a@example.org", "Twitter", "AI safety Slack")
    leave(cohort, "b@example.org", "Twitter")
    leave(cohort, "c@example.org")
    leave(make.make_cohort(), "a@example.org", "Other")
    told = heard(cohort)
    assert (told.n, told.silent, told.community.k) == (3, 1, 1)
    first = told.channels[0]
    assert (first.name, first.share.k, first.share.n) == ("Twitter", 2, 3)
    assert {one.name: one.share.k for one in told.channels}["Other"] == 0
    assert sum(n for _, n in arrivals(cohort)) == 3
    report = compile_channels(cohort)
    assert report.answer.startswith("3 people left their address. Most often they name “Twitter” (2)")


def test_report_of_nobody_says_so() -> None:
    assert compile_channels(make.make_cohort()).answer == "0 people left their address."


def test_channel_list_is_edited_and_every_change_is_recorded() -> None:
    make.make_channels()
    rui = make.make_person("Rui")
    podcast = save_channel(channel=None, name="A podcast", is_community=False, is_listed=True, by=rui)
    assert listed_names()[-1] == "A podcast"
    order_channels(codes=[podcast.code], by=rui)
    assert listed_names()[0] == "A podcast"
    save_channel(channel=podcast, name="The podcast", is_community=True, is_listed=False, by=rui)
    assert "The podcast" not in listed_names()
    with pytest.raises(ChannelNameTaken), transaction.atomic():
        save_channel(channel=None, name="twitter", is_community=False, is_listed=True, by=rui)
    verbs = Entry.objects.filter(subject=f"outreach.channel:{podcast.code}").values_list("verb", flat=True)
    assert list(verbs) == ["save channel", "save channel"]


def test_channel_that_somebody_named_is_not_removed() -> None:
    leave(make.make_cohort(), "a@example.org", "Twitter")
    rui = make.make_person("Rui")
    with pytest.raises(ChannelInUse):
        remove_channel(channel=Channel.objects.get(name="Twitter"), by=rui)
    remove_channel(channel=Channel.objects.get(name="Other"), by=rui)
    assert not Channel.objects.filter(name="Other").exists()


def test_public_form_takes_an_address_in_one_step(sign_in: SignIn, client: object) -> None:
    make.make_channels()
    cohort = make.make_cohort()
    at = reverse("outreach:interest", args=[cohort.slug])
    browser = sign_in(make.make_person("Nobody"))
    channel = Channel.objects.get(name="80,000 Hours job board")
    typed = {"name": "Ada", "email": "ADA@example.org", "channels": [channel.code], "other": "=1+1"}
    assert browser.post(at, typed)["Location"] == reverse("outreach:thanks", args=[cohort.slug])
    interest = Interest.objects.get()
    assert (interest.email, interest.other, list(interest.channels.all())) == ("ada@example.org", "=1+1", [channel])


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "", "email": "ada@example.org"},
        {"name": "Ada", "email": "ada"},
        {"name": "Ada", "email": "ada@example.org\nBcc: all@example.org"},
        {"name": "Ada" * 100, "email": "ada@example.org"},
        {"name": "Ada", "email": "ada@example.org", "channels": ["no such channel"]},
        {"name": "Ada", "email": "ada@example.org", "other": "x" * 2_001},
    ],
)
def test_form_that_does_not_fit_keeps_what_was_typed(sign_in: SignIn, typed: dict[str, str]) -> None:
    make.make_channels()
    at = reverse("outreach:interest", args=[make.make_cohort().slug])
    page = sign_in(make.make_person("Nobody")).post(at, typed)
    assert page.status_code == 422
    assert not Interest.objects.exists()
    assert typed["name"] in page.text


def test_many_forms_from_one_place_are_asked_to_wait(sign_in: SignIn) -> None:
    at = reverse("outreach:interest", args=[make.make_cohort().slug])
    browser = sign_in(make.make_person("Nobody"))
    answers = [
        browser.post(at, {"name": "Ada", "email": f"a{n}@example.org"}, REMOTE_ADDR="203.0.113.7").status_code
        for n in range(32)
    ]
    assert answers == [302] * 30 + [429] * 2
    other = browser.post(at, {"name": "Ada", "email": "b@example.org"}, REMOTE_ADDR="203.0.113.8")
    assert other.status_code == 302


def test_form_that_is_not_open_says_so(sign_in: SignIn) -> None:
    cohort = make.make_cohort(days_later=100)
    at = reverse("outreach:interest", args=[cohort.slug])
    browser = sign_in(make.make_person("Nobody"))
    assert "Not open yet" in browser.get(at).text
    assert browser.post(at, {"name": "Ada", "email": "ada@example.org"}).status_code == 422


def test_staff_see_counts_and_intervals(sign_in: SignIn) -> None:
    world = World()
    leave(world.cohort, "a@example.org", "Twitter")
    page = sign_in(world.person("staff")).get(reverse("outreach:outreach", args=[world.cohort.slug]))
    assert "1 interest form" in page.text
    assert "100 % (21 to 100)" in page.text


def test_forms_of_each_day_stand_on_a_chart_with_what_was_done(sign_in: SignIn) -> None:
    world = World()
    leave(world.cohort, "a@example.org", "Twitter")
    today = timezone.localdate()
    deeds = [(today - timedelta(days=40), "Twitter"), (today - timedelta(days=1), "Twitter"), (today, "Rad <b>")]
    for on, audience in deeds:
        deed = Deed(on=on, channel=Channel.objects.order_by("pk")[0], audience=audience)
        log_action(cohort=world.cohort, deed=deed, by=world.person("staff"))
    chart = interest_chart(arrivals(world.cohort), actions_of(world.cohort))
    assert chart is not None
    assert sum(y for _, y in chart.courses[0].points) == 1
    assert [len(one.actions) for one in chart.done] == [1, 2]
    assert [mark.url for mark in chart.marks] == ["#done-1", "#done-2"]
    page = sign_in(world.person("staff")).get(reverse("outreach:outreach", args=[world.cohort.slug])).text
    assert 'href="#done-2"' in page
    assert 'id="done-2"' in page
    assert "Rad <b>" not in page
    assert interest_chart([], []) is None
