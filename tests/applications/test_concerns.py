"""A doubt about integrity takes two people, rejects nobody, and never reaches the applicant."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applications.errors import ConcernDecided, ConcernOpen, NothingToDoubt, OwnConcern
from applications.models import Application, Concern
from applications.policies import can_decide_concern, can_raise_concern
from applications.selectors import concerns_about, concerns_visible_to, open_concerns_for
from applications.services import decide_concern, raise_concern, withdraw_application
from mats_portal.cohorts.states import CohortRole
from mats_portal.journal.models import Entry
from mats_portal.outbox.models import Letter
from mats_portal.people.models import Person
from tests import make
from tests.conftest import SignIn
from tests.leaks.looks import alike
from tests.scenarios import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    """Ada has applied to Mira's stream; Rui runs the cohort."""
    found = World()
    _ = found.application
    return found


def fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def test_two_people_confirm_and_nothing_else_changes(world: World) -> None:
    before = Application.objects.values().get(pk=world.application.pk)
    letters = Letter.objects.count()
    rui = fresh(world.person("staff"))
    decided = decide_concern(concern=world.concern, is_confirmed=True, reason="I see it, too.", by=rui)
    assert (decided.state, decided.decided_by, decided.decision_reason) == ("confirmed", rui, "I see it, too.")
    assert Application.objects.values().get(pk=world.application.pk) == before
    assert Letter.objects.count() == letters
    assert list(Entry.objects.filter(verb__endswith="concern").order_by("pk").values_list("verb", flat=True)) == [
        "raise concern",
        "confirm concern",
    ]
    with pytest.raises(ConcernDecided):
        decide_concern(concern=world.concern, is_confirmed=False, reason="No.", by=rui)


def test_nobody_decides_alone(world: World) -> None:
    rui = fresh(world.person("staff"))
    own = raise_concern(application=world.application, reason="Odd.", by=rui)
    assert not can_decide_concern(rui, own).allowed
    with pytest.raises(OwnConcern):
        decide_concern(concern=own, is_confirmed=True, reason="Still odd.", by=rui)
    with pytest.raises(IntegrityError), transaction.atomic():
        Concern.objects.filter(pk=own.pk).update(state="confirmed", decided_by=rui, decided_at=own.raised_at)


def test_one_concern_of_a_person_waits_at_a_time_and_only_what_is_submitted_is_doubted(world: World) -> None:
    with pytest.raises(ConcernOpen):
        raise_concern(application=world.concern.application, reason="And this.", by=world.concern.raised_by)
    second = raise_concern(application=world.concern.application, reason="Me too.", by=world.person("staff"))
    assert (second.state, world.concern.state) == ("raised", "raised")
    other = make.make_application(world.cohort, make.make_person("Ben"))
    withdraw_application(application=other, by=other.person)
    with pytest.raises(NothingToDoubt):
        raise_concern(application=other, reason="Odd.", by=world.person("staff"))


def test_who_knows_of_a_concern_before_and_after_it_is_confirmed(world: World) -> None:
    application, concern = world.application, world.concern
    ada, rui, mira = (fresh(world.person(role)) for role in ("applicant", "staff", "mentor"))
    max_ = make.make_person("Max")
    make.make_membership(max_, world.cohort, CohortRole.MENTOR, world.stream)
    told = {who: [one.code for one in concerns_about(application, who)] for who in (ada, rui, mira, max_)}
    assert told == {ada: [], rui: [concern.code], mira: [concern.code], max_: []}
    assert not can_raise_concern(ada, application).allowed
    decide_concern(concern=concern, is_confirmed=True, reason="So do I.", by=rui)
    for who in (rui, mira, max_):
        assert [one.code for one in concerns_about(application, fresh(who))] == [concern.code]
        assert list(concerns_visible_to(fresh(who))) == [concern]
    assert list(concerns_visible_to(fresh(ada))) == []
    assert not open_concerns_for(rui, world.cohort).exists()


def test_story_from_the_page_of_the_application_to_the_decision(world: World, sign_in: SignIn) -> None:
    application, slug = world.application, world.cohort.slug
    mira = sign_in(world.person("mentor"))
    page = mira.get(application.get_absolute_url()).text
    assert reverse("applications:doubt", args=[slug, application.code]) in page
    empty = mira.post(reverse("applications:doubt", args=[slug, application.code]), {"reason": " "})
    assert empty.status_code == 422
    mira.post(reverse("applications:doubt", args=[slug, application.code]), {"reason": "The <same> text."})
    rui = sign_in(world.person("staff"))
    assert "Concerns to decide" in rui.get("/").text
    table = rui.get(reverse("applications:applications", args=[slug]), {"concern": "raised"})
    assert [row["code"] for row in table.context["page"].items] == [application.code]
    concern = Concern.objects.get()
    page = rui.get(reverse("applications:concern", args=[slug, concern.code])).text
    assert "The &lt;same&gt; text." in page
    rui.post(
        reverse("applications:concern", args=[slug, concern.code]), {"answer": "decline", "reason": "A quotation."}
    )
    concern.refresh_from_db()
    assert concern.state == "declined"
    assert "The &lt;same&gt; text." in mira.get(application.get_absolute_url()).text
    again = rui.post(reverse("applications:concern", args=[slug, concern.code]), {"answer": "confirm", "reason": "No!"})
    assert (again.status_code, "meanwhile" in again.text) == (409, True)


def test_applicants_pages_are_the_same_with_a_concern_and_without(world: World, sign_in: SignIn) -> None:
    ada, slug = sign_in(world.person("applicant")), world.cohort.slug
    pages = ["/", "/my-data/", *(reverse(f"applications:{name}", args=[slug]) for name in ("apply", "review"))]
    before = [alike(ada.get(page, follow=True).content) for page in [*pages, *pages]]
    decide_concern(concern=world.concern, is_confirmed=True, reason="So do I.", by=world.person("staff"))
    after = [alike(ada.get(page, follow=True).content) for page in pages]
    assert before[len(pages) :] == after


def test_list_costs_the_same_for_many(world: World, sign_in: SignIn) -> None:
    mira, rui = world.person("mentor"), sign_in(world.person("staff"))
    url = reverse("applications:concerns", args=[world.cohort.slug])
    costs: list[Any] = []
    for number in range(6):
        other = make.make_application(world.cohort, make.make_person(f"P{number}"))
        raise_concern(application=other, reason="Odd.", by=mira)
        if number in (0, 5):
            with CaptureQueriesContext(connection) as asked:
                rui.get(url)
            costs.append(len(asked))
    assert costs[0] == costs[1] <= 12
