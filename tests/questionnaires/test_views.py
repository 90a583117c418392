"""The builder: every act makes the next version, keeps what was typed, and asks the database little."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.cohorts.states import CohortRole
from mats_portal.questionnaires.models import AnswerSheet, Questionnaire
from mats_portal.questionnaires.selectors import current_version, questionnaire_of, questions_of
from mats_portal.questionnaires.services import make_version
from mats_portal.questionnaires.specs import QuestionSpec
from mats_portal.questionnaires.states import Purpose, QuestionKind
from tests import make
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db
Kind = QuestionKind
A = QuestionSpec("a", Kind.SINGLE, "Need a visa?", section="About you", options=("Yes", "No"), measures="visa")
B = QuestionSpec("b", Kind.SHORT, "Which one?", section="About you")
C = QuestionSpec("c", Kind.LONG, "Why?", section="Why this work", max_words=500)
NEW = {"wording": "What else?", "kind": "long", "audience": "reviewers"}


@pytest.fixture
def cohort() -> Cohort:
    made = make.make_cohort()
    make.make_questions(made, questions=[A, B, C])
    return made


@pytest.fixture
def rui(cohort: Cohort, sign_in: SignIn) -> Client:
    return sign_in(make.make_membership(make.make_person("Rui"), cohort, CohortRole.STAFF).person)


def url(name: str, cohort: Cohort, *args: str | int, which: str = "general") -> str:
    return reverse(f"questionnaires:{name}", args=[cohort.slug, which, *args])


def asked(cohort: Cohort, stream: Stream | None = None) -> list[QuestionSpec]:
    version = current_version(questionnaire_of(cohort, Purpose.STREAM if stream else Purpose.APPLICATION, stream))
    assert version
    return [QuestionSpec.of(question) for question in questions_of(version)]


def keys(cohort: Cohort) -> list[str]:
    return [spec.key for spec in asked(cohort)]


def test_order_is_set_inside_each_section(cohort: Cohort, rui: Client) -> None:
    rui.post(url("order", cohort), {"after": "1", "order_a": "2", "order_b": "1", "order_c": "1"})
    assert keys(cohort) == ["b", "a", "c"]


@pytest.mark.parametrize("place", ["", "-1", "1e9", "99999999999", "two"])
def test_places_that_are_no_numbers_change_nothing(cohort: Cohort, rui: Client, place: str) -> None:
    rui.post(url("order", cohort), {"after": "1", "order_a": place, "order_b": place})
    assert keys(cohort) == ["a", "b", "c"]


def test_sections_move_and_are_renamed_with_their_questions(cohort: Cohort, rui: Client) -> None:
    rui.post(url("section", cohort, 1), {"after": "1", "to": "down"})
    assert keys(cohort) == ["c", "a", "b"]
    assert rui.get(url("section", cohort, 2)).status_code == 200
    rui.post(url("section", cohort, 2), {"after": "2", "name": "Who you are"})
    assert [spec.section for spec in asked(cohort)] == ["Why this work", "Who you are", "Who you are"]
    assert rui.get(url("section", cohort, 3)).status_code == 404


def test_copy_stands_after_its_original_and_is_not_counted_twice(cohort: Cohort, rui: Client) -> None:
    rui.post(url("duplicate", cohort, "a"), {"after": "1", "order_a": "2", "order_b": "1"})
    assert keys(cohort) == ["b", "a", "q1", "c"], "what was dragged before is kept"
    copy = asked(cohort)[2]
    assert (copy.wording, copy.options, copy.measures) == (A.wording, A.options, "")


def test_question_on_which_another_depends_is_not_removed(cohort: Cohort, rui: Client) -> None:
    rui.post(url("question", cohort, "b"), {**NEW, "after": "1", "section": "About you", "condition": "a:0"})
    changed = asked(cohort)[1]
    assert (changed.shown_if, changed.shown_if_options) == ("a", ("Yes",))
    page = rui.post(url("remove", cohort, "a"), {"after": "2"}, follow=True)
    assert "let it be shown to everybody" in page.text
    assert keys(cohort) == ["a", "b", "c"]
    assert "Only after “Yes” to “Need a visa?”" in page.text
    assert rui.get(url("question", cohort, "b")).context["form"].initial["condition"] == ["a:0"]


def test_condition_on_answers_of_two_questions_is_refused_and_what_was_typed_stays(cohort: Cohort, rui: Client) -> None:
    other = replace(A, key="d", wording="Need a desk?", measures="")
    questionnaire = Questionnaire.objects.get(cohort=cohort)
    make_version(questionnaire=questionnaire, questions=[A, other, B, C], by=None)
    sent = {**NEW, "after": "2", "section": "About you", "condition": ["a:0", "d:0"]}
    page = rui.post(url("question", cohort, "b"), sent)
    assert page.status_code == 422
    assert "Choose answers of one question only." in page.text
    assert "What else?" in page.text


def test_editor_who_saw_an_older_version_is_told(cohort: Cohort, rui: Client) -> None:
    make_version(questionnaire=Questionnaire.objects.get(cohort=cohort), questions=[A, C], by=None)
    page = rui.post(url("question", cohort, "a"), {**NEW, "after": "1"})
    assert page.status_code == 409
    assert "Somebody else changed these questions" in page.text
    stale = rui.post(url("order", cohort), {"after": "1", "order_a": "2", "order_c": "1"}, follow=True)
    assert "Somebody else changed these questions" in stale.text
    assert keys(cohort) == ["a", "c"]


def test_open_form_warns_what_a_change_means(cohort: Cohort, rui: Client) -> None:
    assert "have begun" not in rui.get(url("questions", cohort)).text
    make.make_application(cohort, submitted=False)
    page = rui.get(url("questions", cohort)).text
    assert "1 person has begun with version 1. A change makes version 2" in page


def test_versions_tell_what_changed_and_an_earlier_one_can_be_asked_again(cohort: Cohort, rui: Client) -> None:
    make.make_application(cohort, submitted=False)
    rui.post(url("question", cohort, "c"), {**NEW, "after": "1", "section": "Why this work", "is_required": "on"})
    rui.post(url("remove", cohort, "b"), {"after": "2"})
    page = rui.get(url("versions", cohort)).text
    assert "<del>Why?</del> <ins>What else?</ins>" in page
    assert "Removed: <b>Which one?</b>" in page
    assert "answered by 1 person" in page
    rui.post(url("restore", cohort, 1), {"after": "3"})
    assert asked(cohort) == [A, B, C]
    assert rui.post(url("restore", cohort, 9), {"after": "4"}).status_code == 404


def test_preview_is_drawn_as_the_applicant_sees_it(cohort: Cohort, rui: Client, sign_in: SignIn) -> None:
    shown = rui.get(url("preview", cohort)).text
    application = make.make_application(cohort, submitted=False)
    page = sign_in(application.person).get(reverse("applications:section", args=[cohort.slug, "why-this-work"])).text
    field = page[page.index('<div class="field-label"><label for="id_q_c"') : page.index("<textarea")]
    assert field in shown


def test_effort_is_estimated_until_somebody_says(cohort: Cohort, rui: Client) -> None:
    page = rui.get(url("questions", cohort)).text
    assert "about 1 hour</a>, estimated" in page
    rui.post(url("effort", cohort), {"minutes": "90"})
    page = rui.get(url("questions", cohort)).text
    assert "about 1½ hours</a>" in page
    assert "estimated" not in page
    rui.post(url("effort", cohort), {"minutes": ""})
    assert Questionnaire.objects.get(cohort=cohort).minutes is None
    assert rui.post(url("effort", cohort), {"minutes": "99999"}).status_code == 200


SHARED = QuestionSpec("q1", Kind.LONG, "Summarise the paper.", is_shared=True)


@pytest.fixture
def streams(cohort: Cohort) -> list[Stream]:
    """Two streams, of which the first shares a question."""
    found = [make.make_stream(cohort, name) for name in ("Interp A", "Interp B")]
    make.make_questions(cohort, found[0], [SHARED])
    return found


def test_mentor_takes_a_question_that_another_stream_shares(
    cohort: Cohort, streams: list[Stream], sign_in: SignIn
) -> None:
    first, second = streams
    mira = sign_in(make.make_membership(make.make_person("Mira"), cohort, CohortRole.MENTOR, second).person)
    page = mira.get(url("add", cohort, which=second.code)).text
    assert "Summarise the paper." in page
    mira.post(url("take", cohort, which=second.code), {"after": "0", "question": f"{first.code}.q1"})
    assert asked(cohort, second) == [SHARED]
    assert "answered once with" in mira.get(url("questions", cohort, which=second.code)).text
    form = mira.get(url("question", cohort, "q1", which=second.code)).text
    assert "Change it there, too" not in form, "the other stream is not hers"
    refused = mira.post(url("take", cohort, which=second.code), {"after": "1", "question": "nonsense"}, follow=True)
    assert "Choose again from the list" in refused.text


def test_staff_change_a_shared_question_in_all_streams_or_in_one(
    cohort: Cohort, streams: list[Stream], rui: Client
) -> None:
    first, second = streams
    make.make_questions(cohort, second, [C, replace(SHARED, key="q9", section="Paper")])
    at = url("question", cohort, "q1", which=first.code)
    assert "Asked by Interp B, too." in rui.get(at).text
    sent = {**NEW, "after": "1", "is_shared": "on", "everywhere": "on", "is_required": "on"}
    rui.post(at, sent)
    changed = asked(cohort, second)[1]
    assert (changed.key, changed.section, changed.wording, changed.is_shared) == ("q9", "Paper", "What else?", True)
    rui.post(at, {**NEW, "after": "2", "wording": "Only here?", "is_shared": "on"})
    assert asked(cohort, second)[1].wording == "What else?"


def test_pages_ask_the_database_as_often_for_forty_questions_as_for_three(cohort: Cohort, rui: Client) -> None:
    def cost(name: str) -> int:
        rui.get(url(name, cohort))
        with CaptureQueriesContext(connection) as found:
            assert rui.get(url(name, cohort)).status_code == 200
        return len(found)

    names = ("questions", "preview", "versions", "add")
    few = [cost(name) for name in names]
    questionnaire = Questionnaire.objects.get(cohort=cohort)
    for size in (20, 40):
        many = [replace(B, key=f"k{number}", wording=f"Question {number}?") for number in range(size)]
        version = make_version(questionnaire=questionnaire, questions=many, by=None)
        AnswerSheet.objects.create(version=version, person=make.make_person())
    assert [cost(name) for name in names] == few
    assert max(few) <= 12
