"""An applicant adds a CV and asks for a reference; the referee writes it without an account."""

from pathlib import Path

import pytest
from django.urls import reverse

from applications.models import Document, Reference, ReferenceLetter
from applications.tokens import token_of
from mats_portal.cohorts.states import CohortRole
from tests import make
from tests.applications import pdfs
from tests.journeys.conftest import Enter

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "support"])


def test_referee_answers_from_a_link_and_staff_read_it(enter: Enter, tmp_path: Path) -> None:
    application = make.make_application(make.make_cohort("Winter 2031-32"), make.make_person("Ada Adeyemi"))
    cohort, at = application.cohort, reverse("applications:references", args=[application.cohort.slug])
    ada = enter(application.person)
    page = ada.open(at)
    page.get_by_label("Name").fill("Prof Praise")
    page.get_by_label("E-mail").fill("prof@example.org")
    page.get_by_role("button", name="Ask them").click()
    page.get_by_text("on its way to Prof Praise").wait_for()
    ada.look_around()

    referee, token = enter(phone=True), token_of(Reference.objects.get().code)
    page = referee.open(reverse("applications:reference_link", args=[token]))
    assert token not in page.url
    assert page.get_by_role("heading", name="A reference for Ada Adeyemi").is_visible()
    referee.look_around()
    page.get_by_label("How do you know each other?").fill("Her supervisor for a year")
    page.get_by_label("Your letter").fill("She asks the question behind the question.")
    page.get_by_role("button", name="Send the letter").click()
    page.get_by_text("Your letter is with the people").wait_for()
    referee.look_around()
    assert ReferenceLetter.objects.get().relationship == "Her supervisor for a year"

    file = tmp_path / "My CV.pdf"
    file.write_bytes(pdfs.plain(2))
    page = ada.open(reverse("applications:cv", args=[cohort.slug]))
    page.get_by_label("CV").set_input_files(file)
    page.get_by_role("button", name="Add it").click()
    page.get_by_text("“My CV.pdf” is part of your application.").wait_for()
    ada.look_around()
    assert Document.objects.get().pages == 2
    ada.open(at)
    assert ada.page.get_by_text("Answered").first.is_visible()
    ada.open(reverse("applications:apply", args=[cohort.slug]))
    ada.look_around()

    rui = make.make_person("Rui")
    make.make_membership(rui, cohort, CohortRole.STAFF)
    staff = enter(rui)
    page = staff.open(reverse("applications:application", args=[cohort.slug, application.code]))
    assert page.get_by_text("She asks the question behind the question.").is_visible()
    staff.look_around()
