"""Carrying streams, forms and rubric over to a new cohort."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.services.carrying import NothingChosen, carry_over, lines_between
from mats_portal.cohorts.states import CohortRole
from mats_portal.journal.selectors import entries_about
from mats_portal.questionnaires.building import specs_of
from mats_portal.questionnaires.models import Questionnaire
from mats_portal.questionnaires.selectors import current_versions
from mats_portal.questionnaires.services import set_effort
from mats_portal.questionnaires.specs import QuestionSpec
from mats_portal.questionnaires.states import QuestionKind
from mats_portal.rubrics.selectors import criteria_of, current_version
from mats_portal.rubrics.services import make_rubric_version, open_rubric
from mats_portal.rubrics.specs import CriterionSpec
from mats_portal.rubrics.states import RubricPurpose
from tests import make
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db
VISA = QuestionSpec("visa", QuestionKind.SINGLE, "Visa?", options=("Yes", "No"), section="About you")
WHICH = QuestionSpec("which", QuestionKind.SHORT, "Which?", shown_if="visa", shown_if_options=("Yes",))
PAPER = QuestionSpec("q1", QuestionKind.LONG, "Summarise the paper.", is_shared=True, max_words=400)
RUBRIC = CriterionSpec("craft", "Craft", weight=3)


@pytest.fixture
def source() -> Cohort:
    """A cohort with general questions, two streams of which one asks something, and a rubric of its own."""
    cohort = make.make_cohort("Summer 2023")
    make.make_questions(cohort, questions=[VISA, WHICH])
    stream = make.make_stream(cohort, "Interp", track=make.make_track(cohort), seats=6, agenda="Circuits")
    make.make_questions(cohort, stream, [PAPER])
    make.make_stream(cohort, "Evals")
    set_effort(questionnaire=Questionnaire.objects.get(cohort=cohort, stream=None), minutes=75, by=None)
    make_rubric_version(rubric=open_rubric(cohort=cohort), criteria=[RUBRIC], by=None)
    return cohort


def test_everything_chosen_is_copied_and_the_earlier_cohort_stays(source: Cohort) -> None:
    target, rui = make.make_cohort("Winter 2023"), make.make_person("Rui")
    codes = [line.code for line in lines_between(source, target)]
    carry_over(source=source, target=target, codes=codes, by=rui)
    stream = target.streams.get(name="Interp")
    assert (stream.seats, stream.agenda, getattr(stream.track, "name", "")) == (6, "Circuits", "Empirical")
    assert getattr(stream.track, "cohort", None) == target
    versions = current_versions(target)
    assert specs_of(versions[None]) == [VISA, WHICH]
    assert specs_of(versions[stream.pk]) == [PAPER]
    assert versions[None].questionnaire.minutes == 75
    rubric = current_version(target, RubricPurpose.APPLICATION)
    assert rubric
    assert [criterion.key for criterion in criteria_of(rubric)] == ["craft"]
    assert source.streams.count() == target.streams.count() == 2
    assert "carry over" in [entry.verb for entry in entries_about(target)]
    carry_over(source=source, target=target, codes=codes, by=rui)
    assert current_versions(target)[None].number == versions[None].number, "a second time changes nothing"


def test_preview_says_what_copying_would_do(source: Cohort) -> None:
    target = make.make_cohort("Winter 2023")
    make.make_stream(target, "Interp")
    make.make_questions(target, questions=[replace(VISA, wording="Need a visa?")])
    told = {line.label: line.note for line in lines_between(source, target)}
    assert told["Interp"] == "this stream is there already · 1 question"
    assert told["Evals"].startswith("a new stream with ")
    assert told["General application"] == "2 questions instead of 1"


def test_only_what_is_ticked_is_copied(source: Cohort) -> None:
    target, rui = make.make_cohort("Winter 2023"), make.make_person("Rui")
    carry_over(source=source, target=target, codes=["stream:Evals", "forged"], by=rui)
    assert list(target.streams.values_list("name", flat=True)) == ["Evals"]
    assert current_versions(target) == {}
    with pytest.raises(NothingChosen):
        carry_over(source=source, target=target, codes=["forged"], by=rui)


def test_staff_copy_from_a_cohort_of_theirs_and_from_no_other(source: Cohort, sign_in: SignIn) -> None:
    target, rui = make.make_cohort("Winter 2023"), make.make_person("Rui")
    make.make_membership(rui, target, CohortRole.STAFF)
    page, client = reverse("cohorts:copy", args=[target.slug]), sign_in(rui)
    assert "Summer 2023" not in client.get(page).text
    assert client.get(page, {"from": source.slug}).status_code == 404
    make.make_membership(rui, source, CohortRole.STAFF)
    client = sign_in(rui)
    assert "2 questions" in client.get(page, {"from": source.slug}).text
    refused = client.post(page, {"from": source.slug})
    assert refused.status_code == 409
    assert "Nothing is chosen." in refused.text
    assert client.post(page, {"from": source.slug, "part": "questions:application"}).status_code == 302
    assert specs_of(current_versions(target)[None]) == [VISA, WHICH]


def test_preview_asks_the_database_as_often_for_ten_streams_as_for_two(source: Cohort, sign_in: SignIn) -> None:
    target, rui = make.make_cohort("Winter 2023"), make.make_person("Rui")
    for cohort in (source, target):
        make.make_membership(rui, cohort, CohortRole.STAFF)
    client, page = sign_in(rui), f"{reverse('cohorts:copy', args=[target.slug])}?from={source.slug}"

    def cost() -> int:
        client.get(page)
        with CaptureQueriesContext(connection) as found:
            assert client.get(page).status_code == 200
        return len(found)

    few = cost()
    for number in range(8):
        make.make_questions(source, make.make_stream(source, f"Stream {number}"), [PAPER])
    assert cost() == few
