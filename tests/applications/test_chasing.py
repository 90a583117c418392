"""References that are missing: who is told of them, who is written to, and who is left in peace."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from applications.errors import AskedTooOften, OwnAddress, ReferenceClosed, ReferencesClosed
from applications.models import Application, Reference
from applications.selectors.references import MOST_SENT
from applications.selectors.waiting import waiting_references, waiting_to_be_reminded
from applications.services import (
    answer_reference,
    decline_reference,
    remind_referees,
    replace_referee,
    resend_reference,
    withdraw_application,
)
from applications.states import ReferenceKind, ReferenceState
from applications.tokens import token_of
from mats_portal.cohorts.models import Cohort, Milestone
from mats_portal.cohorts.states import CohortRole
from mats_portal.journal.models import Entry
from mats_portal.outbox.models import Letter
from mats_portal.people.models import Person
from mentors.services import declare_conflict
from mentors.states import ConflictKind
from tests import make
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db
KIND = ReferenceKind.UNKNOWN


@pytest.fixture
def application() -> Application:
    """Ada's submitted application."""
    return make.make_application(make.make_cohort())


@pytest.fixture
def reference(application: Application) -> Reference:
    """A reference asked for two days ago."""
    return ask(application)


@pytest.fixture
def rui(application: Application) -> Person:
    """Staff of the cohort."""
    return make.make_membership(make.make_person("Rui"), application.cohort, CohortRole.STAFF).person


def ask(application: Application, *, days: int = 2, email: str = "") -> Reference:
    made = make.make_reference(application, **({"email": email} if email else {}))
    at = timezone.now() - timedelta(days=days)
    Reference.objects.filter(pk=made.pk).update(asked_at=at, sent_at=at)
    Letter.objects.all().delete()
    return Reference.objects.select_related("application__cohort", "application__person").get(pk=made.pk)


def url(name: str, cohort: Cohort, *args: str) -> str:
    return reverse(f"applications:{name}", args=[cohort.slug, *args])


def remind(application: Application, rui: Person) -> int:
    codes = list(Reference.objects.values_list("code", flat=True))
    return remind_referees(cohort=application.cohort, codes=codes, by=rui)


def letters() -> list[tuple[str, str]]:
    return list(Letter.objects.order_by("pk").values_list("kind", "address"))


def test_one_letter_goes_to_who_is_missing_and_none_on_the_next_press(
    application: Application, reference: Reference, rui: Person
) -> None:
    assert remind(application, rui) == 1
    assert letters() == [("reference not here yet", reference.email)]
    assert token_of(reference.code) in Letter.objects.get().text
    assert remind(application, rui) == 0
    assert len(letters()) == 1
    assert Entry.objects.get(verb="remind referees").facts == {"letters": 1}
    reference.refresh_from_db()
    assert reference.sent_count == 1  # what the applicant may still send is theirs


@pytest.mark.parametrize(
    "happens", ["answer", "decline", "withdraw", "date passes", "written to today", "draft", "not shown"]
)
def test_who_needs_no_letter_gets_none(
    application: Application, reference: Reference, rui: Person, happens: str
) -> None:
    if happens == "answer":
        answer_reference(reference=reference, relationship="Her supervisor", text="She is careful.")
    elif happens == "decline":
        decline_reference(reference=reference)
    elif happens == "withdraw":
        withdraw_application(application=application, by=application.person)
    elif happens == "date passes":
        Milestone.objects.filter(cohort=application.cohort).update(at=timezone.now() - timedelta(days=20))
    elif happens == "written to today":
        Reference.objects.update(sent_at=timezone.now() - timedelta(hours=23))
    elif happens == "draft":
        Application.objects.update(state="draft")
    Letter.objects.all().delete()
    codes = ["no such code"] if happens == "not shown" else [reference.code]
    assert remind_referees(cohort=application.cohort, codes=codes, by=rui) == 0
    assert letters() == []


def test_other_cohorts_and_applications_with_a_tie_are_left_out(
    application: Application, reference: Reference, rui: Person
) -> None:
    other = ask(make.make_application(make.make_cohort()), email="other@example.org")
    assert list(waiting_references(application.cohort, rui)) == [reference]
    assert not waiting_references(other.application.cohort, rui).exists()
    declare_conflict(application=application, person=rui, kind=ConflictKind.FAMILY, by=rui)
    assert not waiting_to_be_reminded(application.cohort, rui).exists()


def test_staff_send_one_letter_again_but_not_within_the_hour(reference: Reference, rui: Person) -> None:
    Reference.objects.update(sent_count=MOST_SENT)
    resend_reference(reference=reference, by=rui)
    assert letters() == [("reference request", reference.email)]
    with pytest.raises(AskedTooOften):
        resend_reference(reference=reference, by=rui)
    decline_reference(reference=reference)
    with pytest.raises(ReferenceClosed):
        resend_reference(reference=reference, by=rui)


def test_nothing_is_sent_again_after_the_date(reference: Reference, rui: Person) -> None:
    Milestone.objects.update(at=timezone.now() - timedelta(days=20))
    with pytest.raises(ReferencesClosed):
        resend_reference(reference=reference, by=rui)
    with pytest.raises(ReferencesClosed):
        replace_referee(reference=reference, name="Eve", email="eve@example.org", kind=KIND, by=rui)
    assert letters() == []


def test_referee_is_replaced_in_place_and_the_old_link_is_dead(
    application: Application, reference: Reference, rui: Person
) -> None:
    asked = replace_referee(reference=reference, name="Eve", email="EVE@example.org", kind=KIND, by=rui)
    reference.refresh_from_db()
    assert (reference.state, asked.state, asked.place) == (ReferenceState.TAKEN_BACK, ReferenceState.ASKED, 1)
    assert letters() == [("reference request", "eve@example.org")]
    assert Entry.objects.get(verb="replace referee").facts == {"instead_of": reference.code}
    page = Client().get(reverse("applications:reference_link", args=[token_of(reference.code)]), follow=True)
    assert page.status_code == 410
    with pytest.raises(ReferenceClosed):
        replace_referee(reference=reference, name="Eve", email="eve2@example.org", kind=KIND, by=rui)


def test_replacing_keeps_the_old_request_when_the_new_address_cannot_be_taken(
    application: Application, reference: Reference, rui: Person
) -> None:
    with pytest.raises(OwnAddress):
        replace_referee(reference=reference, name="Me", email=application.person.email, kind=KIND, by=rui)
    reference.refresh_from_db()
    assert reference.state == ReferenceState.ASKED
    answer_reference(reference=reference, relationship="Her supervisor", text="She is careful.")
    with pytest.raises(ReferenceClosed):
        replace_referee(reference=reference, name="Eve", email="eve@example.org", kind=KIND, by=rui)


def test_staff_see_who_is_missing_and_the_letter_before_it_is_sent(
    application: Application, reference: Reference, rui: Person, sign_in: SignIn
) -> None:
    client, at = sign_in(rui), url("waiting", application.cohort)
    page = client.get(at)
    for words in (reference.name, application.person.name, "1 of 1 get this letter", "(the referee&#x27;s own link)"):
        assert words in page.text
    assert token_of(reference.code) not in page.text
    sent = client.post(at, {"code": [reference.code, "x"]}, follow=True)
    assert "1 letter is on the way" in sent.text
    assert "No letter was needed" in client.post(at, {"code": reference.code}, follow=True).text
    assert "References missing" in client.get("/").text


def test_list_of_missing_references_asks_as_often_for_thirty_as_for_three(
    application: Application, rui: Person, sign_in: SignIn
) -> None:
    client, at, counts = sign_in(rui), url("waiting", application.cohort), []
    for more in (3, 27):
        for number in range(more):
            ada = make.make_person(f"Ada {number}")
            ask(make.make_application(application.cohort, ada), email=f"{ada.email}.referee")
        client.get(at)
        with CaptureQueriesContext(connection) as found:
            assert client.get(at).status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[1] <= 12


def test_staff_send_again_and_replace_from_the_application(
    application: Application, reference: Reference, rui: Person, sign_in: SignIn
) -> None:
    client, cohort = sign_in(rui), application.cohort
    page = client.get(application.get_absolute_url()).text
    assert url("replace", cohort, reference.code) in page
    sent = client.post(url("resend", cohort, reference.code), follow=True)
    assert "goes out again" in sent.text
    assert "within the hour" in client.post(url("resend", cohort, reference.code), follow=True).text
    at = url("replace", cohort, reference.code)
    assert reference.email in client.get(at).text
    wrong = client.post(at, {"name": "Eve", "email": "nobody", "kind": "unknown"})
    assert (wrong.status_code, "nobody" in wrong.text) == (422, True)
    done = client.post(at, {"name": "Eve", "email": "eve@example.org", "kind": "unknown"}, follow=True)
    assert "on its way to Eve" in done.text
    ada = sign_in(application.person).get(url("references", cohort)).text
    assert "Eve" in ada
    assert reference.name not in ada


def test_letter_is_nowhere_on_the_applicants_pages_once_it_is_in(
    application: Application, reference: Reference, sign_in: SignIn
) -> None:
    answer_reference(reference=reference, relationship="Secret tie", text="Secret praise.")
    ada = sign_in(application.person)
    own = [url(name, application.cohort) for name in ("apply", "references", "review")]
    for at in ("/", *own, reverse("people:own_data")):
        page = ada.get(at, follow=True)
        assert "Secret" not in page.text, at
