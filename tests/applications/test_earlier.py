"""What a person wrote for another cohort: offered to them again, known to staff, and never copied by itself."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applications.models import Application
from applications.selectors import before, earlier_answers
from applications.services import save_section
from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.states import CohortRole
from mats_portal.people.models import Person
from mats_portal.questionnaires.selectors import answers_of, questions_of
from mats_portal.questionnaires.specs import QuestionSpec
from mats_portal.questionnaires.states import QuestionKind
from tests import make
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db
WHY = QuestionSpec("why", QuestionKind.LONG, "Why this work?", section="Why")
LINE = QuestionSpec("where", QuestionKind.SHORT, "Where do you live?", section="Why")
FIELD = QuestionSpec("area", QuestionKind.SINGLE, "Area", section="Why", options=("Proofs", "Probes"), measures="field")
AGREE = QuestionSpec("agree", QuestionKind.CONSENT, "May we write to you?", section="Why")


def apply_to(name: str, person: Person, questions: Sequence[QuestionSpec], **values: str | list[str]) -> Application:
    """The person's draft to a cohort of that name that asks these questions."""
    cohort = make.make_cohort(name)
    make.make_questions(cohort, questions=questions)
    application = make.make_application(cohort, person, submitted=False)
    empty: dict[str, str | list[str]] = {question.key: "" for question in questions}
    save_section(application=application, values=empty | values, expected_revision=99, by=person)
    return application


@pytest.fixture
def ada() -> Person:
    """Who applies twice."""
    return make.make_person()


def asked_again(ada: Person, *questions: QuestionSpec) -> dict[str, str]:
    now = apply_to("Summer", ada, questions)
    return {key: one.words for key, one in earlier_answers(now, questions_of(now.sheet.version)).items()}


def test_answer_to_the_same_question_is_found_by_wording_or_by_what_it_is_counted_as(ada: Person) -> None:
    apply_to("Winter", ada, [WHY, FIELD, AGREE], why="Because.", area=["Probes"], agree="yes")
    other_key = QuestionSpec("motive", QuestionKind.LONG, WHY.wording)
    reworded = QuestionSpec("subject", QuestionKind.SINGLE, "Subject", options=("Probes", "Games"), measures="field")
    assert asked_again(ada, other_key, reworded, AGREE) == {"motive": "Because.", "subject": "Probes"}


@pytest.mark.parametrize(
    "question",
    [
        QuestionSpec("why", QuestionKind.LONG, "Why you?"),
        QuestionSpec("why", QuestionKind.SHORT, WHY.wording),
        QuestionSpec("area", QuestionKind.SINGLE, "Area", options=("Games", "Proofs"), measures="field"),
    ],
    ids=["other wording", "other kind", "choice not offered any more"],
)
def test_what_is_not_the_same_question_is_not_offered(ada: Person, question: QuestionSpec) -> None:
    apply_to("Winter", ada, [WHY, FIELD], why="Because.", area=["Probes"])
    assert asked_again(ada, question) == {}


def test_latest_cohort_counts_nobody_elses_and_no_empty_answer(ada: Person) -> None:
    apply_to("Winter", ada, [WHY], why="The first.")
    apply_to("Autumn", ada, [WHY], why="The second.")
    apply_to("Spring", ada, [WHY], why="  ")
    apply_to("Spring again", make.make_person("Bea"), [WHY], why="Bea's.")
    assert asked_again(ada, WHY) == {"why": "The second."}


def test_earlier_answer_is_shown_and_copied_only_when_asked_and_below_what_was_typed(
    ada: Person, sign_in: SignIn
) -> None:
    apply_to("Winter", ada, [WHY, LINE, FIELD], why="Because <b>then</b>.", where="Lagos", area=["Probes"])
    now = apply_to("Summer", ada, [WHY, LINE, FIELD])
    client, at = sign_in(ada), reverse("applications:section", args=[now.cohort.slug, "why"])
    page = client.get(at)
    assert page.text.count("What you answered in Winter") == 3
    assert "Because &lt;b&gt;then&lt;/b&gt;." in page.text
    assert answers_of(now.sheet)["why"].text == ""
    typed = {"q_why": "", "q_where": "Abuja", "q_area": "", "revision": "99"}
    after = client.post(at, typed | {"reuse": "area"})
    assert after["Location"] == f"{at}#id_q_area"
    kept = answers_of(now.sheet)
    assert (kept["why"].text, kept["where"].text, kept["area"].choices) == ("", "Abuja", ["Probes"])
    client.post(at, typed | {"q_why": "New", "q_area": "Probes", "reuse": "why"})
    assert answers_of(now.sheet)["why"].text == "New\n\nBecause <b>then</b>."
    page = client.get(at)
    assert page.text.count("What you answered in Winter") == 1  # only where the field does not hold it
    assert client.post(at, typed | {"reuse": "no such"}).status_code == 302


def test_nothing_is_offered_to_who_applies_for_the_first_time(ada: Person, sign_in: SignIn) -> None:
    now = apply_to("Summer", ada, [WHY])
    assert "What you answered" not in sign_in(ada).get(f"/cohorts/{now.cohort.slug}/apply/why/").text


def test_page_asks_as_often_whatever_was_answered_before(ada: Person, sign_in: SignIn) -> None:
    now = apply_to("Summer", ada, [WHY, LINE, FIELD])
    client, counts = sign_in(ada), []
    for name in ("", "Winter", "Autumn", "Spring"):
        if name:
            apply_to(name, ada, [WHY, LINE, FIELD], why=name, where=name, area=["Probes"])
        with CaptureQueriesContext(connection) as found:
            client.get(f"/cohorts/{now.cohort.slug}/apply/why/")
        counts.append(len(found))
    assert len(set(counts[1:])) == 1, counts
    assert counts[-1] <= 16


def staff_of(cohort: Cohort) -> Person:
    return make.make_membership(make.make_person("Rui"), cohort, CohortRole.STAFF).person


def test_staff_see_what_somebody_applied_for_before_without_scores(ada: Person, sign_in: SignIn) -> None:
    winter = make.make_application(make.make_cohort("Winter"), ada)
    Application.objects.filter(pk=winter.pk).update(review_count=3, review_mean="4.50")
    now = make.make_application(make.make_cohort("Summer"), ada)
    rui = staff_of(now.cohort)
    page = sign_in(rui).get(now.get_absolute_url()).text
    assert "Applied before" in page
    assert "Winter, submitted" in page
    assert winter.get_absolute_url() not in page
    assert "not ranked" not in page
    make.make_membership(rui, winter.cohort, CohortRole.STAFF)
    page = sign_in(rui).get(now.get_absolute_url()).text
    assert winter.get_absolute_url() in page
    assert "not ranked" in page
    assert "4.5" not in page
    stream = now.preferences.get().stream
    mira = make.make_membership(make.make_person("Mira"), now.cohort, CohortRole.MENTOR, stream).person
    assert "Applied before" not in sign_in(mira).get(now.get_absolute_url()).text


def test_what_became_of_it_is_told_of_applications_that_the_reader_may_read(ada: Person) -> None:
    winter, now = (make.make_application(make.make_cohort(name), ada) for name in ("Winter", "Summer"))
    [told] = before(now, staff_of(now.cohort))
    assert (told.application, told.outcome, told.url) == (winter, "", "")
    [told] = before(now, staff_of(winter.cohort))
    assert (told.outcome, told.url) == ("not ranked", winter.get_absolute_url())
