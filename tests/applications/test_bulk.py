"""Something done to many applications at once: previewed, confirmed, undone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applications.errors import NobodyChosen, NobodyToRemind, SelectionChanged
from applications.models import Application, Label, Labelling
from applications.services.bulk import label_applications, remind_drafts, unlabel_applications
from mats_portal.journal.models import Deed
from mats_portal.journal.services import TooLateToUndo, UndoneAlready, undo_deed
from mats_portal.outbox.models import Letter
from tests import make
from tests.conftest import SignIn
from tests.scenarios import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    """Ada has applied, Ben and Cleo have drafts; Rui runs the cohort."""
    made = World()
    assert made.application
    for name in ("Ben", "Cleo"):
        make.make_application(made.cohort, make.make_person(name), submitted=False)
    return made


@pytest.fixture
def rui(world: World, sign_in: SignIn) -> Client:
    """Rui's browser."""
    return sign_in(world.person("staff"))


def carrying(world: World) -> set[str]:
    return set(Labelling.objects.filter(label__cohort=world.cohort).values_list("application__person__name", flat=True))


def test_story_of_a_label_from_the_table_to_the_undo(world: World, rui: Client) -> None:
    url = reverse("applications:bulk", args=[world.cohort.slug])
    ben = Application.objects.get(person__name="Ben")
    preview = rui.post(url, {"act": "label", "pick": [ben.code, "nonsense"]})
    assert "<strong>1 application</strong>" in preview.text
    assert not Label.objects.exists()
    done = {"act": "label", "pick": [ben.code], "confirm": "1", "expected": "1", "name": "Ask <again>"}
    page = rui.post(url, done, follow=True).text
    deed = Deed.objects.get()
    assert f'<a href="{deed.get_absolute_url()}">Undo</a>' in page
    assert "“Ask &lt;again&gt;” put on 1 application." in page
    assert carrying(world) == {"Ben"}
    label = Label.objects.get()
    table = rui.get(reverse("applications:applications", args=[world.cohort.slug]), {"label": label.code})
    assert [row["person__name"] for row in table.context["page"].items] == ["Ben"]
    assert "Ask &lt;again&gt;" in table.text
    assert "Undo this?" in rui.get(deed.get_absolute_url()).text
    assert "The label is gone" in rui.post(deed.get_absolute_url(), follow=True).text
    assert carrying(world) == set()


def test_all_that_fit_means_the_filters_of_the_address(world: World, rui: Client) -> None:
    url = reverse("applications:bulk", args=[world.cohort.slug]) + "?state=draft"
    preview = rui.post(url, {"act": "label", "all": "1"}).text
    assert "<strong>2 applications</strong> chosen: all that fit the filters" in preview
    rui.post(url, {"act": "label", "all": "1", "confirm": "1", "expected": "2", "name": "Draft"})
    assert carrying(world) == {"Ben", "Cleo"}


def test_many_are_confirmed_by_their_number_and_a_change_meanwhile_is_told(world: World, rui: Client) -> None:
    for number in range(50):
        make.make_application(world.cohort, make.make_person(f"P{number}"), submitted=False)
    url = reverse("applications:bulk", args=[world.cohort.slug])
    sent = {"act": "label", "all": "1", "confirm": "1", "expected": "53", "name": "All"}
    assert rui.post(url, sent).status_code == 422
    assert rui.post(url, sent | {"typed": "52"}).status_code == 422
    assert rui.post(url, sent | {"typed": "53", "expected": "52"}).status_code == 409
    assert not Labelling.objects.exists()
    assert rui.post(url, sent | {"typed": "53"}).status_code == 302
    assert Labelling.objects.count() == 53


def test_undoing_leaves_those_who_carried_the_label_before(world: World) -> None:
    staff, everybody = world.person("staff"), Application.objects.in_cohort(world.cohort)
    label_applications(cohort=world.cohort, applications=everybody.submitted(), name="Odd", expected=1, by=staff)
    deed = label_applications(cohort=world.cohort, applications=everybody, name="Odd", expected=3, by=staff)
    undo_deed(deed=deed, by=staff)
    assert carrying(world) == {world.application.person.name}
    label = Label.objects.get()
    gone = unlabel_applications(label=label, applications=everybody, expected=3, by=staff)
    assert carrying(world) == set()
    undo_deed(deed=gone, by=staff)
    assert carrying(world) == {world.application.person.name}
    with pytest.raises(NobodyChosen):
        label_applications(cohort=world.cohort, applications=everybody.none(), name="No", expected=0, by=staff)
    with pytest.raises(SelectionChanged):
        label_applications(cohort=world.cohort, applications=everybody, name="No", expected=2, by=staff)


def test_reminders_wait_until_they_can_no_longer_be_undone(world: World) -> None:
    staff, everybody = world.person("staff"), Application.objects.in_cohort(world.cohort)
    deed = remind_drafts(cohort=world.cohort, applications=everybody, expected=3, by=staff)
    letters = Letter.objects.filter(kind="application not submitted")
    assert sorted(letter.recipient.name for letter in letters if letter.recipient) == ["Ben", "Cleo"]
    assert {letter.not_before for letter in letters} == {deed.until}
    with pytest.raises(NobodyToRemind):
        remind_drafts(cohort=world.cohort, applications=everybody, expected=3, by=staff)
    assert undo_deed(deed=deed, by=staff) == "2 letters are not sent."
    assert set(letters.values_list("state", flat=True)) == {"cancelled"}
    remind_drafts(cohort=world.cohort, applications=everybody, expected=3, by=staff)
    assert letters.filter(state="planned").count() == 2


def test_deed_is_undone_once_in_time_and_by_its_doer(world: World, sign_in: SignIn) -> None:
    staff, everybody = world.person("staff"), Application.objects.in_cohort(world.cohort)
    deed = label_applications(cohort=world.cohort, applications=everybody, name="Odd", expected=3, by=staff)
    assert sign_in(world.person("mentor")).post(deed.get_absolute_url()).status_code == 404
    undo_deed(deed=deed, by=staff)
    with pytest.raises(UndoneAlready):
        undo_deed(deed=deed, by=staff)
    late = label_applications(cohort=world.cohort, applications=everybody, name="Odd", expected=3, by=staff)
    Deed.objects.filter(pk=late.pk).update(until=Now() - timedelta(seconds=1))
    with pytest.raises(TooLateToUndo):
        undo_deed(deed=late, by=staff)
    assert len(carrying(world)) == 3


def test_export_of_what_is_ticked_holds_no_more(world: World, rui: Client) -> None:
    ben = Application.objects.get(person__name="Ben")
    answer = rui.post(reverse("applications:bulk", args=[world.cohort.slug]), {"act": "export", "pick": [ben.code]})
    assert answer.getvalue().decode().count("\n") == 2


def test_labelling_costs_as_many_statements_for_forty_as_for_three(world: World) -> None:
    staff, everybody = world.person("staff"), Application.objects.in_cohort(world.cohort)
    costs = []
    for name, count in (("Few", 3), ("Many", 40)):
        for number in range(count - everybody.count()):
            make.make_application(world.cohort, make.make_person(f"P{number}"), submitted=False)
        with CaptureQueriesContext(connection) as asked:
            label_applications(cohort=world.cohort, applications=everybody, name=name, expected=count, by=staff)
        costs.append(len(asked))
    assert costs[0] == costs[1]
