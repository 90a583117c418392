"""Recommendations, the log of actions, tracked links."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from applications.outreach.errors import AlreadyContacted, ChannelInUse, HasApplied, InterestNotOpen
from applications.outreach.models import Action, Channel, Interest, Link, Recommendation
from applications.outreach.services import (
    contact_recommended,
    log_action,
    make_link,
    recommend,
    remove_action,
    remove_channel,
)
from applications.outreach.specs import Deed, Named
from applications.outreach.states import Target
from applications.privacy import personal_data
from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.states import CohortRole
from mats_portal.journal.models import Entry
from mats_portal.outbox.models import Letter
from mats_portal.people.models import Person
from tests import make
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db
WHY = "She takes arguments apart."


def named(email: str = "bea@example.org", by: str = "alma@example.org", why: str = WHY) -> Named:
    return Named("Bea", email, why, "Alma", by)


def staff_of(cohort: Cohort) -> Person:
    rui = make.make_person("Rui")
    make.make_membership(rui, cohort, CohortRole.STAFF)
    return rui


def twitter() -> Channel:
    return next(channel for channel in make.make_channels() if channel.name == "Twitter")


def a_link(cohort: Cohort, target: Target = Target.INTEREST) -> Link:
    return make_link(cohort=cohort, channel=twitter(), target=target, label="Pinned", by=make.make_person("Rui"))


def test_recommendation_is_kept_once_between_two_addresses() -> None:
    cohort = make.make_cohort()
    first = recommend(cohort=cohort, named=named())
    again = recommend(cohort=cohort, named=named("Bea@Example.org", why="She also writes well."))
    assert (first.pk, again.why) == (again.pk, "She also writes well.")
    recommend(cohort=cohort, named=named(by="sam@example.org"))
    assert Recommendation.objects.count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        Recommendation.objects.create(cohort=cohort, name="B", email="BEA@example.org", by_name="A", by_email="a@b.org")


def test_recommendation_before_the_opening_is_refused() -> None:
    with pytest.raises(InterestNotOpen):
        recommend(cohort=make.make_cohort(days_later=100), named=named())


def test_who_was_recommended_gets_one_letter_without_what_was_written_about_them() -> None:
    cohort = make.make_cohort()
    rui = staff_of(cohort)
    first, second = (recommend(cohort=cohort, named=named(by=f"{who}@example.org")) for who in ("alma", "sam"))
    link = contact_recommended(recommendation=first, by=rui)
    letter = Letter.objects.get()
    assert letter.address == "bea@example.org"
    assert link.get_absolute_url() in letter.text
    assert "Alma" in letter.subject
    assert WHY not in letter.text
    assert link.channel.name == "Recommendation"
    with pytest.raises(AlreadyContacted):
        contact_recommended(recommendation=second, by=rui)
    assert Letter.objects.count() == 1
    assert Entry.objects.filter(verb="contact recommended", facts={}).count() == 1


def test_words_change_no_more_once_staff_have_written() -> None:
    cohort = make.make_cohort()
    contact_recommended(recommendation=recommend(cohort=cohort, named=named()), by=staff_of(cohort))
    assert recommend(cohort=cohort, named=named(why="Something else.")).why == WHY


def test_nobody_writes_to_who_has_applied() -> None:
    cohort = make.make_cohort()
    ada = make.make_application(cohort, submitted=False).person
    found = recommend(cohort=cohort, named=named(ada.email))
    with pytest.raises(HasApplied):
        contact_recommended(recommendation=found, by=staff_of(cohort))


def test_own_data_has_what_others_wrote_and_what_one_wrote() -> None:
    cohort = make.make_cohort()
    ada, alma = make.make_person(), make.make_person("Alma")
    recommend(cohort=cohort, named=named(ada.email, alma.email))
    (about,) = personal_data(ada)["recommended_by_others"]
    assert (about["why"], about["by"]) == (WHY, "Alma")
    assert personal_data(alma)["recommended_by_you"][0]["email"] == ada.email


def test_recommending_oneself_is_answered_kindly_and_keeps_the_text() -> None:
    cohort = make.make_cohort()
    data = {"name": "Ada", "email": "ada@example.org", "why": "Me!", "by_name": "Ada", "by_email": "ADA@example.org"}
    page = Client().post(reverse("outreach:recommend", args=[cohort.slug]), data)
    assert page.status_code == 422
    assert "Me!" in page.content.decode()
    assert not Recommendation.objects.exists()


def test_recommending_is_limited_by_place() -> None:
    cohort = make.make_cohort()
    client, url = Client(REMOTE_ADDR="203.0.113.7"), reverse("outreach:recommend", args=[cohort.slug])
    for n in range(11):
        data = {"name": "B", "email": f"b{n}@example.org", "by_name": "A", "by_email": "a@example.org"}
        answer = client.post(url, data)
    assert answer.status_code == 429
    assert Recommendation.objects.count() == 10


def test_link_counts_visits_and_suggests_its_channel_on_the_form() -> None:
    cohort = make.make_cohort()
    link = a_link(cohort)
    client = Client()
    page = client.get(link.get_absolute_url(), follow=True)
    assert page.context["form"]["channels"].value() == [link.channel.code]
    client.head(link.get_absolute_url())
    client.get(link.get_absolute_url(), headers={"Sec-Purpose": "prefetch"})
    link.refresh_from_db()
    assert link.visits == 1
    client.post(reverse("outreach:interest", args=[cohort.slug]), {"name": "Ada", "email": "ada@example.org"})
    assert not Interest.objects.get().channels.exists()


def test_link_suggests_its_channel_in_the_application_until_it_is_answered(sign_in: SignIn) -> None:
    cohort = make.make_cohort()
    link = a_link(cohort, Target.APPLY)
    application = make.make_application(cohort, submitted=False)
    client = Client()
    client.get(link.get_absolute_url())
    client.force_login(application.person)  # what came before signing in is still known after it
    questions = application.sheet.version.questions
    question = questions.get(measures="channels")
    application.sheet.answers.filter(question=question).delete()
    url = section_with(client, cohort, f"q_{question.key}")
    form = client.get(url).context["form"]
    assert form[f"q_{question.key}"].value() == ["Twitter"]
    data = {f"q_{question.key}": ["AI safety Slack"], "revision": form["revision"].value()}
    client.post(url, data)
    assert client.get(url).context["form"][f"q_{question.key}"].value() == ["AI safety Slack"]


def section_with(client: Client, cohort: Cohort, field: str) -> str:
    """The address of the part of the application that asks for the field."""
    home = client.get(reverse("applications:apply", args=[cohort.slug]))
    for part in home.context["draft"].general:
        url = reverse("applications:section", args=[cohort.slug, part.part.slug])
        if field in client.get(url).context["form"].fields:
            return url
    pytest.fail(f"No part asks for {field}.")


def test_link_to_a_cohort_that_is_not_public_leads_nowhere() -> None:
    link = a_link(make.make_cohort(is_public=False))
    assert Client().get(link.get_absolute_url()).status_code == 404


def test_action_is_logged_and_stands_on_the_arrivals_chart(sign_in: SignIn) -> None:
    cohort = make.make_cohort()
    rui = staff_of(cohort)
    client = sign_in(rui)
    data = {"on": "2026-05-03", "channel": twitter().code, "audience": "Students of logic", "note": "", "link": ""}
    client.post(reverse("outreach:actions", args=[cohort.slug]), data)
    action = Action.objects.get()
    assert (action.on, action.by) == (date(2026, 5, 3), rui)
    page = client.get(reverse("outreach:outreach", args=[cohort.slug])).content.decode()
    assert "Sun 3 May" in page
    assert "Twitter: Students of logic" in page
    with pytest.raises(ChannelInUse):
        remove_channel(channel=action.channel, by=rui)
    remove_action(action=action, by=rui)
    assert not Action.objects.exists()
    assert Entry.objects.filter(verb="remove outreach").exists()


def test_typed_action_is_kept_when_a_part_is_missing(sign_in: SignIn) -> None:
    cohort = make.make_cohort()
    client = sign_in(staff_of(cohort))
    page = client.post(reverse("outreach:actions", args=[cohort.slug]), {"on": "soon", "audience": "Students of logic"})
    assert page.status_code == 422
    assert "Students of logic" in page.content.decode()


@pytest.mark.parametrize("times", [3, 30])
def test_lists_ask_the_same_few_statements(sign_in: SignIn, times: int, django_assert_max_num_queries: object) -> None:
    cohort = make.make_cohort()
    rui = staff_of(cohort)
    client = sign_in(rui)
    for n in range(times):
        link = a_link(cohort)
        log_action(cohort=cohort, deed=Deed(date(2026, 5, 3), link.channel, f"Group {n}", link=link), by=rui)
        found = recommend(cohort=cohort, named=named(f"b{n}@example.org"))
        if n % 2:
            contact_recommended(recommendation=found, by=rui)
    for name in ("recommendations", "actions", "links", "outreach"):
        with django_assert_max_num_queries(12):  # type: ignore[operator]
            assert client.get(reverse(f"outreach:{name}", args=[cohort.slug])).status_code == 200
