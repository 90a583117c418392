"""A few questions before the form: they decide by stated rules, say why, and staff can let somebody through."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from applications.errors import AlreadyEligible, ApplicationsClosed, EligibilityFirst, NothingToAnswer, NotYours
from applications.models import Application, EligibilityCheck
from applications.privacy import personal_data
from applications.services import start_application
from applications.services.eligibility import answer_eligibility, ask_to_be_let_through, let_through
from applications.states import EligibilityState
from mats_portal.cohorts.models import Cohort, Milestone
from mats_portal.cohorts.states import CohortRole, MilestoneKind
from mats_portal.journal.selectors import entries_about
from mats_portal.outbox.models import Letter
from mats_portal.people.models import Person
from mats_portal.questionnaires.services import make_version, open_questionnaire
from mats_portal.questionnaires.specs import QuestionSpec
from mats_portal.questionnaires.states import Purpose, QuestionKind
from tests import make
from tests.conftest import SignIn
from tests.questionnaires.test_gate import ADULT

pytestmark = pytest.mark.django_db
HEARD = QuestionSpec("heard", QuestionKind.SHORT, "Anything else?", is_required=False)


@pytest.fixture
def cohort() -> Cohort:
    """Open for applications, with a gate."""
    made = make.make_cohort()
    make.make_questions(made)
    questionnaire = open_questionnaire(cohort=made, purpose=Purpose.ELIGIBILITY)
    make_version(questionnaire=questionnaire, questions=[ADULT, HEARD], by=None)
    return made


@pytest.fixture
def ada() -> Person:
    return make.make_person()


@pytest.fixture
def rui(cohort: Cohort) -> Person:
    return make.make_membership(make.make_person("Rui"), cohort, CohortRole.STAFF).person


def answer(cohort: Cohort, by: Person, word: str) -> EligibilityCheck:
    return answer_eligibility(cohort=cohort, values={"adult": word}, by=by)


def test_form_opens_for_those_whose_answers_let_them_go_on(cohort: Cohort, ada: Person) -> None:
    with pytest.raises(EligibilityFirst):
        start_application(cohort=cohort, by=ada)
    assert answer(cohort, ada, "Yes").state == EligibilityState.PASSED
    assert start_application(cohort=cohort, by=ada).person == ada
    make_more = make.make_cohort("Without a gate")
    with pytest.raises(NothingToAnswer):
        answer(make_more, ada, "Yes")


def test_story_of_somebody_who_is_stopped_asks_and_is_let_through(
    cohort: Cohort, ada: Person, rui: Person, sign_in: SignIn
) -> None:
    browser, gate = sign_in(ada), reverse("applications:eligibility", args=[cohort.slug])
    apply = reverse("applications:apply", args=[cohort.slug])
    assert gate in browser.get(apply).text
    assert browser.post(apply).status_code == 302
    assert not Application.objects.exists()
    page = browser.post(gate, {"revision": "0", "q_adult": "No"}, follow=True)
    assert "Come back when you are 18." in page.text
    assert "seen by: programme staff only" in page.text
    assert "mentors" not in page.text
    browser.post(
        reverse("applications:ask_eligibility", args=[cohort.slug]), {"words": "My birthday is in the first week."}
    )
    assert "With programme staff" in browser.get(gate).text
    staff = sign_in(rui)
    listed = staff.get(reverse("applications:eligibility_checks", args=[cohort.slug])).text
    assert "My birthday is in the first week." in listed
    check = EligibilityCheck.objects.get()
    one = reverse("applications:eligibility_check", args=[cohort.slug, check.code])
    assert "Come back when you are 18." in staff.get(one).text
    assert staff.post(one, {"reason": ""}).status_code == 200
    staff.post(one, {"reason": "18 on the third day"})
    letter = Letter.objects.get(kind="let through to apply")
    assert letter.address == ada.email
    assert "Let through" in staff.get(one).text
    assert "Start the application" in browser.get(apply).text
    browser.post(apply)
    assert Application.objects.get().person == ada
    assert entries_about(check)[0].facts["reason"] == "18 on the third day"
    assert personal_data(ada)["eligibility"][0]["answers"] == {"Will you be 18 by then?": "No"}


def test_wrong_answer_can_be_corrected_and_being_let_through_stays(cohort: Cohort, ada: Person, rui: Person) -> None:
    check = answer(cohort, ada, "No")
    assert answer(cohort, ada, "Yes").state == EligibilityState.PASSED
    with pytest.raises(AlreadyEligible):
        ask_to_be_let_through(check=check, words="", by=ada)
    with pytest.raises(AlreadyEligible):
        let_through(check=check, reason="why not", by=rui)
    assert answer(cohort, ada, "No").state == EligibilityState.STOPPED
    let_through(check=check, reason="why not", by=rui)
    assert answer(cohort, ada, "No").state == EligibilityState.LET_THROUGH
    with pytest.raises(NotYours):
        ask_to_be_let_through(check=check, words="", by=rui)


def test_who_has_answered_keeps_the_version_they_answered(cohort: Cohort, ada: Person) -> None:
    answer(cohort, ada, "Yes")
    questionnaire = open_questionnaire(cohort=cohort, purpose=Purpose.ELIGIBILITY)
    make_version(questionnaire=questionnaire, questions=[HEARD], by=None)
    assert answer(cohort, ada, "No").state == EligibilityState.STOPPED


def test_missing_answer_is_said_and_nothing_is_kept(cohort: Cohort, ada: Person, sign_in: SignIn) -> None:
    browser, gate = sign_in(ada), reverse("applications:eligibility", args=[cohort.slug])
    page = browser.post(gate, {"revision": "0", "q_heard": "Typed all the same"})
    assert page.status_code == 422
    assert "This needs an answer." in page.text
    assert "Typed all the same" in page.text
    assert not EligibilityCheck.objects.exists()
    assert browser.post(gate, {"revision": "0", "q_adult": "Perhaps"}).status_code == 422


def test_after_the_close_nothing_is_judged(cohort: Cohort, ada: Person) -> None:
    closes = Milestone.objects.filter(cohort=cohort, kind=MilestoneKind.APPLICATIONS_CLOSE)
    closes.update(at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(ApplicationsClosed):
        answer(cohort, ada, "Yes")


def test_start_page_says_how_long_it_takes(cohort: Cohort, ada: Person, sign_in: SignIn) -> None:
    stream = make.make_stream(cohort, "Interp")
    make.make_questions(cohort, stream, [QuestionSpec("q1", QuestionKind.LONG, "Summarise.", max_words=1_200)])
    page = sign_in(ada).get(reverse("applications:apply", args=[cohort.slug])).text
    assert "this work: about 5 minutes." in page
    assert "about 2 hours" in page


def make_stopped(cohort: Cohort, count: int) -> None:
    for number in range(count):
        answer(cohort, make.make_person(f"Ada {number}"), "No")


def test_list_asks_the_database_as_often_for_thirty_as_for_three(cohort: Cohort, rui: Person, sign_in: SignIn) -> None:
    client, page = sign_in(rui), reverse("applications:eligibility_checks", args=[cohort.slug])

    def cost(client: Client) -> int:
        client.get(page)
        with CaptureQueriesContext(connection) as found:
            assert client.get(page).status_code == 200
        return len(found)

    make_stopped(cohort, 3)
    few = cost(client)
    make_stopped(cohort, 27)
    assert cost(client) == few <= 12
