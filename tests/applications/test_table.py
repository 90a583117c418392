"""The applications table: its columns, its order, its saved views."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applications.arranging import arrangement
from applications.errors import NotYourView, TooManyViews
from applications.models import Application, SavedView
from applications.selectors import saved_views_visible_to
from applications.services import remove_view, save_view
from applications.services.views import MOST_VIEWS
from mats_portal.cohorts.states import CohortRole
from mats_portal.people.models import Person
from tests import make
from tests.conftest import SignIn
from tests.scenarios import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    """Ada has applied; Rui runs the cohort."""
    made = World()
    assert made.application
    return made


@pytest.fixture
def rui(world: World, sign_in: SignIn) -> Client:
    """Rui's browser."""
    return sign_in(world.person("staff"))


def names(rui: Client, world: World, **address: Any) -> list[str]:
    page = rui.get(reverse("applications:applications", args=[world.cohort.slug]), address).context["page"]
    return [row["person__name"] for row in page.items]


def test_columns_are_those_of_the_address_and_the_name_comes_first(world: World, rui: Client) -> None:
    page = rui.get(f"/cohorts/{world.cohort.slug}/applications/?columns=field&columns=nonsense&columns=zone")
    assert [column.name for column in page.context["table"].columns] == ["applicant", "field", "zone"]
    usual = rui.get(f"/cohorts/{world.cohort.slug}/applications/?columns=nonsense").context["table"].columns
    assert len(usual) == 6


def test_answer_to_a_question_is_a_column_and_a_draft_shows_none(world: World, rui: Client) -> None:
    make.make_application(world.cohort, make.make_person("Ben"), submitted=False)
    url = f"/cohorts/{world.cohort.slug}/applications/"
    page = rui.get(url, {"columns": ["answer.otherwise", "answer.field", "answer.';--", "answer.none"]})
    told = {row["person__name"]: (row["answer_1"], row["answer_2"]) for row in page.context["page"].items}
    assert [column.name for column in page.context["table"].columns][1:] == ["answer.otherwise", "answer.field"]
    assert told["Ben"] == (None, None)
    (ada,) = (answers for name, answers in told.items() if name != "Ben")
    assert ada[0]["key"] == "otherwise"
    assert ada[1]["key"] == "field"


def test_choosing_columns_keeps_the_filters(world: World, rui: Client) -> None:
    page = rui.get(f"/cohorts/{world.cohort.slug}/applications/columns/?state=draft&q=a%22b&columns=zone").text
    assert '<input type="hidden" name="state" value="draft">' in page
    assert 'value="a&quot;b"' in page
    assert 'name="columns" value="zone" checked' in page
    assert 'value="answer.field"' in page


@pytest.mark.parametrize("order", ["hours", "applicant", "education", "years", "started", "submitted", "changed"])
def test_order_walks_through_every_row_both_ways(world: World, rui: Client, order: str) -> None:
    for number in range(5):
        one = make.make_application(world.cohort, make.make_person(f"P{number}"), submitted=number % 2 == 0)
        Application.objects.filter(pk=one.pk).update(hours=None if number % 2 else number)
    applications = Application.objects.in_cohort(world.cohort)
    for turned in (order, f"-{order}"):
        arranged = arrangement(world.cohort, {}, QueryDict(f"order={turned}"))
        rows = arranged.rows(applications).order_by(*arranged.key)
        seen = names(rui, world, order=turned)
        assert seen == [row["person__name"] for row in rows]
        assert len(seen) == 6
    assert names(rui, world, order=order)[0] != names(rui, world, order=f"-{order}")[0]


def test_pages_of_another_order_leave_nobody_out(world: World, rui: Client) -> None:
    for number in range(52):
        one = make.make_application(world.cohort, make.make_person(f"P{number:02}"), submitted=False)
        Application.objects.filter(pk=one.pk).update(hours=number % 3 or None)
    url, seen = f"/cohorts/{world.cohort.slug}/applications/", []
    address = "?order=-hours"
    while address:
        page = rui.get(url + address).context["page"]
        seen += [row["code"] for row in page.items]
        address = page.next_url
    assert sorted(seen) == sorted(Application.objects.values_list("code", flat=True))


def test_saved_view_is_kept_above_the_table_and_shared_when_asked(world: World, rui: Client, sign_in: SignIn) -> None:
    slug = world.cohort.slug
    there = rui.post(f"/cohorts/{slug}/applications/views/?state=draft&order=-hours&evil=1", {"name": "Late ones"})
    assert there["Location"] == f"/cohorts/{slug}/applications/?state=draft&order=-hours"
    assert "<strong>Late ones</strong>" in rui.get(there["Location"]).text
    ria = make.make_person("Ria")
    make.make_membership(ria, world.cohort, CohortRole.STAFF)
    assert "Late ones" not in sign_in(ria).get(f"/cohorts/{slug}/applications/").text
    rui.post(f"/cohorts/{slug}/applications/views/?state=draft", {"name": "Late ones", "is_shared": "on"})
    (view,) = SavedView.objects.all()
    assert view.address == "state=draft"
    assert "Late ones" in sign_in(ria).get(f"/cohorts/{slug}/applications/").text
    with pytest.raises(NotYourView):
        remove_view(view=view, by=ria)
    rui.post(f"/cohorts/{slug}/applications/views/{view.code}/forget/")
    assert not SavedView.objects.exists()


def test_views_have_a_limit_and_stay_in_their_cohort(world: World) -> None:
    staff = Person.objects.get(pk=world.person("staff").pk)
    for number in range(MOST_VIEWS):
        save_view(cohort=world.cohort, name=f"View {number}", address="state=draft", is_shared=True, by=staff)
    with pytest.raises(TooManyViews):
        save_view(cohort=world.cohort, name="One more", address="", is_shared=False, by=staff)
    other = make.make_person("Olga")
    make.make_membership(other, make.make_cohort("Other"), CohortRole.STAFF)
    assert not saved_views_visible_to(other).exists()


def test_table_costs_as_many_statements_for_three_rows_as_for_forty(world: World, rui: Client) -> None:
    url = f"/cohorts/{world.cohort.slug}/applications/?columns=answer.field&columns=hours&order=-hours"
    save_view(cohort=world.cohort, name="V", address="", is_shared=True, by=world.person("staff"))
    costs = []
    for size in (2, 38):
        for number in range(size):
            make.make_application(world.cohort, make.make_person(f"P{size}{number}"), submitted=False)
        with CaptureQueriesContext(connection) as asked:
            rui.get(url)
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 12
