"""A concern about integrity, raised from the desk: two people, nothing automatic, and nobody learns of another's."""

from __future__ import annotations

import pytest
from django.urls import reverse

from applications.models import Application, Concern
from applications.services import decide_concern, raise_concern
from mats_portal.cohorts.models import Cohort
from mats_portal.people.models import Person
from tests import make
from tests.conftest import SignIn
from tests.mentors import world

pytestmark = pytest.mark.django_db
SAID = "The second answer is a page of another site."


def make_read(*names: str) -> tuple[Cohort, Application, list[Person]]:
    """An application on the desks of reviewers of these names."""
    cohort = make.make_cohort()
    application = world.make_applicant(cohort, make.make_stream(cohort))
    readers = [world.make_reviewer(cohort, name) for name in names]
    for reader in readers:
        world.make_assignment(application, reader)
    return cohort, application, readers


def addresses(application: Application) -> tuple[str, str]:
    """The desk, and the form of a concern."""
    arguments = [application.cohort.slug, application.code]
    return reverse("mentors:desk", args=arguments), reverse("mentors:doubt", args=arguments)


def test_a_reviewer_raises_a_concern_from_the_desk_and_a_second_person_decides(sign_in: SignIn) -> None:
    cohort, application, [gil] = make_read("Gil")
    desk, doubt = addresses(application)
    client = sign_in(gil)
    assert doubt in client.get(desk).text
    answer = client.post(doubt, {"reason": SAID})
    assert answer.headers["Location"] == desk
    concern = Concern.objects.get()
    assert (concern.raised_by, concern.state, concern.reason) == (gil, "raised", SAID)
    page = client.get(desk).text
    assert SAID in page
    assert "waits for a second person" in page
    decide_concern(concern=concern, is_confirmed=False, reason="A quotation.", by=world.make_staff(cohort))
    application.refresh_from_db()
    assert (application.state, application.review_count) == ("submitted", 0)


def test_a_reviewer_learns_of_anothers_concern_neither_from_the_desk_nor_by_raising_one(sign_in: SignIn) -> None:
    cohort, application, [gil, tom] = make_read("Gil", "Tom")
    desk, doubt = addresses(application)
    client = sign_in(tom)
    client.get(desk)
    raise_concern(application=application, reason=SAID, by=gil)
    assert SAID not in client.get(desk).text
    assert client.post(doubt, {"reason": "Odd."}).status_code == 302
    assert Concern.objects.open().count() == 2
    decide_concern(
        concern=Concern.objects.get(raised_by=gil), is_confirmed=True, reason="So.", by=world.make_staff(cohort)
    )
    assert SAID in client.get(desk).text


def test_a_second_concern_of_the_same_reader_is_refused_and_the_words_stay(sign_in: SignIn) -> None:
    _, application, [gil] = make_read("Gil")
    _, doubt = addresses(application)
    raise_concern(application=application, reason=SAID, by=gil)
    again = sign_in(gil).post(doubt, {"reason": "The third one, too."})
    assert again.status_code == 409
    assert "The third one, too." in again.text
    assert "You have raised a concern" in again.text
    assert sign_in(gil).post(doubt, {"reason": " "}).status_code == 400


def test_who_has_the_application_on_no_desk_raises_none_there(sign_in: SignIn) -> None:
    cohort, application, _ = make_read()
    _, doubt = addresses(application)
    assert sign_in(world.make_reviewer(cohort)).post(doubt, {"reason": SAID}).status_code == 404
    assert not Concern.objects.exists()
