from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from applications.models import Application, Reference, ReferenceLetter
from applications.services import answer_reference, take_back_reference, withdraw_application
from applications.tokens import token_of
from mats_portal.cohorts.models import Milestone
from mats_portal.cohorts.states import CohortRole, MilestoneKind
from mats_portal.journal.models import Entry
from mats_portal.outbox.models import Letter
from mentors.services import assign_reviewer
from tests import make
from tests.applications.test_views import PASSING
from tests.conftest import SignIn
from tests.scenarios import World

pytestmark = pytest.mark.django_db
TYPED = {"relationship": "Her supervisor for a year", "text": "She asks the question\nbehind the question."}


@pytest.fixture
def application() -> Application:
    """Ada's application, submitted."""
    return make.make_application(make.make_cohort(), make.make_person("Ada Adeyemi"))


@pytest.fixture
def reference(application: Application) -> Reference:
    """A reference that she asked for."""
    return make.make_reference(application)


def link(reference: Reference) -> str:
    return reverse("applications:reference_link", args=[token_of(reference.code)])


def page(reference: Reference, name: str = "reference") -> str:
    return reverse(f"applications:{name}", args=[reference.code])


def own(name: str, application: Application, *args: str) -> str:
    return reverse(f"applications:{name}", args=[application.cohort.slug, *args])


@pytest.fixture
def referee(reference: Reference) -> Client:
    """The referee's browser, come by the link."""
    client = Client()
    client.get(link(reference))
    return client


def text_of(client: Client, path: str) -> str:
    return client.get(path).text


def test_link_moves_its_token_into_the_session_by_one_redirect(reference: Reference) -> None:
    client = Client()
    answer = client.get(link(reference))
    assert (answer.status_code, answer["Location"]) == (302, page(reference))
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    shown = client.get(page(reference))
    assert token_of(reference.code) not in shown.text
    assert token_of(reference.code) not in str(Session.objects.get().get_decoded())


def test_page_shows_the_name_and_the_cohort_and_nothing_else_of_the_application(
    application: Application, referee: Client, reference: Reference
) -> None:
    shown = text_of(referee, page(reference))
    assert "Ada Adeyemi" in shown
    assert application.cohort.name in shown
    for hidden in (application.person.email, application.code, "What I think", reference.email):
        assert hidden not in shown


def test_referee_writes_and_then_sees_nothing_but_thanks(referee: Client, reference: Reference) -> None:
    answer = referee.post(page(reference), TYPED)
    assert answer["Location"] == page(reference)
    letter = ReferenceLetter.objects.get()
    assert (letter.relationship, letter.text) == (TYPED["relationship"], TYPED["text"])
    shown = text_of(referee, page(reference))
    assert "Thank you" in shown
    assert "Ada" not in shown
    assert "behind the question" not in shown
    assert "Ada" not in text_of(referee, page(reference, "decline"))


def test_looking_changes_nothing(reference: Reference) -> None:
    before = list(Reference.objects.values()), Entry.objects.count(), Letter.objects.count()
    for client in (Client(), Client()):
        client.head(link(reference))
        client.get(link(reference))
        client.get(page(reference))
        client.get(page(reference, "decline"))
    assert (list(Reference.objects.values()), Entry.objects.count(), Letter.objects.count()) == before


def test_referee_may_decline_after_being_asked(referee: Client, reference: Reference) -> None:
    assert "Would you rather not write?" in text_of(referee, page(reference, "decline"))
    referee.post(page(reference, "decline"))
    reference.refresh_from_db()
    assert reference.state == "declined"
    assert "Thank you for telling us" in text_of(referee, page(reference))


@pytest.mark.parametrize(
    "typed",
    [
        {"relationship": "", "text": "A long letter"},
        {"relationship": "x" * 301, "text": "A long letter"},
        {"relationship": "Her supervisor", "text": "A long letter" + "x" * 20_000},
    ],
)
def test_what_cannot_be_sent_stays_in_the_form(referee: Client, reference: Reference, typed: dict[str, str]) -> None:
    answer = referee.post(page(reference), typed)
    assert answer.status_code == 422
    assert "A long letter" in answer.text
    assert not ReferenceLetter.objects.exists()


def test_text_that_comes_too_late_is_still_on_the_page(referee: Client, reference: Reference) -> None:
    cohort, at = reference.application.cohort, timezone.now() - timedelta(seconds=1)
    Milestone.objects.create(cohort=cohort, kind=MilestoneKind.REFERENCES_DUE, at=at)
    late = referee.post(page(reference), TYPED)
    assert late.status_code == 409
    assert "behind the question" in late.text
    gone = referee.get(page(reference))
    assert (gone.status_code, "The date has passed" in gone.text, "Ada" in gone.text) == (410, True, False)


def test_links_that_were_taken_back_or_withdrawn_say_no_name(
    application: Application, referee: Client, reference: Reference
) -> None:
    withdraw_application(application=application, by=application.person)
    gone = referee.get(page(reference))
    assert (gone.status_code, "Ada" in gone.text) == (410, False)
    take_back_reference(reference=reference, by=application.person)
    assert referee.post(page(reference), TYPED).status_code == 409
    assert Client().get(link(reference)).status_code == 302


def test_link_opens_its_own_reference_and_no_other(application: Application, referee: Client) -> None:
    other = make.make_reference(application)
    assert referee.get(page(other)).status_code == 404
    assert Client().get(page(other)).status_code == 404
    assert Client().get(reverse("applications:reference_link", args=["x" * 43])).status_code == 404
    assert Client().get(reverse("applications:reference_link", args=[other.token_hash])).status_code == 404


def test_applicant_cannot_write_with_the_link(application: Application, reference: Reference, sign_in: SignIn) -> None:
    ada = sign_in(application.person)
    ada.get(link(reference))
    assert ada.get(page(reference)).status_code == 404
    assert ada.post(page(reference), TYPED).status_code == 404


def test_token_stands_in_no_log(reference: Reference, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    client = Client()
    client.get(link(reference))
    client.post(page(reference), {})
    kept = [line.getMessage() for line in caplog.records if line.name != "django.db.backends"]
    assert not [line for line in kept if token_of(reference.code) in line]


def test_hostile_letter_is_shown_as_it_was_typed(
    application: Application, reference: Reference, sign_in: SignIn
) -> None:
    evil = "<script>alert(1)</script>{{ 7 }}"
    answer_reference(reference=reference, relationship=evil, text=evil)
    rui = make.make_person("Rui")
    make.make_membership(rui, application.cohort, CohortRole.STAFF)
    shown = text_of(sign_in(rui), own("application", application, application.code))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7 }}" in shown


def test_staff_mentors_and_reviewers_read_the_letter_and_others_do_not(sign_in: SignIn) -> None:
    world = World()
    answer_reference(reference=world.reference, relationship="Boss", text="She is careful.")
    application = world.application
    at = own("application", application, application.code)
    assert "She is careful." in text_of(sign_in(world.person("staff")), at)
    assert "She is careful." in text_of(sign_in(world.person("mentor")), at)
    desk = reverse("mentors:desk", args=[application.cohort.slug, application.code])
    assert sign_in(world.person("reviewer")).get(desk).status_code == 404
    assign_reviewer(application=application, reviewer=world.person("reviewer"), by=world.person("staff"))
    assert "She is careful." in text_of(sign_in(world.person("reviewer")), desk)
    ada = sign_in(world.person("applicant"))
    for name in ("apply", "references", "review"):
        assert "careful" not in text_of(ada, own(name, application))
    assert "careful" not in text_of(ada, reverse("people:own_data"))


def test_applicant_reads_the_same_whether_the_letter_is_good_or_bad(sign_in: SignIn) -> None:
    shown = []
    for text in ("The best I ever taught.", "Do not take her. " * 50):
        cohort = make.make_cohort("Twin", slug="twin")
        ada = make.make_person("Ada", email="ada.twin@example.org")
        application = make.make_application(cohort, ada, [make.make_stream(cohort, "Oversight")])
        reference = make.make_reference(application, email="prof@example.org")
        answer_reference(reference=reference, relationship=text[:50], text=text)
        moment = timezone.now().replace(hour=12, minute=0)
        Reference.objects.filter(pk=reference.pk).update(code="same", asked_at=moment, sent_at=moment, closed_at=moment)
        client = sign_in(ada)
        pages = [own(name, application) for name in ("apply", "references")]
        shown.append([PASSING.sub("", text_of(client, path)).replace(application.code, "") for path in pages])
        _rename(application)
    assert "Answered" in shown[0][1]
    assert shown[0][1] == shown[1][1]
    assert _parts(shown[0][0]) == _parts(shown[1][0])


def _rename(application: Application) -> None:
    """Make room for the twin."""
    cohort, ada = application.cohort, application.person
    type(cohort).objects.filter(pk=cohort.pk).update(slug=f"gone-{cohort.pk}", name=f"Gone {cohort.pk}")
    type(ada).objects.filter(pk=ada.pk).update(email=f"gone.{ada.pk}@example.org")
    EmailAddress.objects.filter(user=ada).update(email=f"gone.{ada.pk}@example.org")
    Reference.objects.filter(application=application).update(code=f"gone-{ada.pk}")


def _parts(page: str) -> str:
    return page.partition('<main id="main"')[2].partition("<aside>")[0].partition("Your application")[2]


def test_applicant_names_sends_again_and_takes_back(application: Application, sign_in: SignIn) -> None:
    ada = sign_in(application.person)
    at = own("references", application)
    wrong = ada.post(at, {"name": "Prof https://evil.example", "email": "prof@", "kind": "unknown"})
    assert wrong.status_code == 422
    assert "Prof https://evil.example" in wrong.text
    assert ada.post(at, {"name": "Prof", "email": "prof@example.org", "kind": "unknown"}).status_code == 302
    reference = Reference.objects.get()
    assert "Asked" in text_of(ada, at)
    ada.post(own("again", application, reference.code))
    assert "Wait for an hour" in text_of(ada, at)
    ada.post(own("take_back", application, reference.code))
    assert "Prof" not in text_of(ada, at).partition("Ask somebody")[0].partition("toast")[0].partition("<h1")[2]
    assert ada.post(own("again", application, reference.code)).status_code == 404


def test_table_says_which_references_are_missing_in_as_many_queries_for_3_as_for_30(sign_in: SignIn) -> None:
    cohort, rui = make.make_cohort(), make.make_person("Rui")
    make.make_membership(rui, cohort, CohortRole.STAFF)
    stream = make.make_stream(cohort)
    client = sign_in(rui)
    at = reverse("applications:applications", args=[cohort.slug])
    counts = []
    for size in (3, 27):
        for _ in range(size):
            make.make_reference(make.make_application(cohort, streams=[stream]))
        client.get(at)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            shown = client.get(at).text
        counts.append(len(queries))
    assert shown.count("Reference missing") >= 30
    assert counts[0] == counts[1] <= 12
    done = Reference.objects.order_by("pk")[0]
    answer_reference(reference=done, relationship="Boss", text="Fine.")
    narrowed = client.get(at, {"references": "missing"})
    assert len(narrowed.context["page"].items) == 29
