"""One marker per question: answers without names, one after another, in the same composite as whole reviews."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from applications.models import Application, Submission
from mats_portal.cohorts.models import Cohort
from mats_portal.people.models import Person
from mats_portal.questionnaires.specs import QuestionSpec
from mats_portal.questionnaires.states import Audience, QuestionKind
from mats_portal.rubrics.models import Criterion
from mats_portal.rubrics.services import NotAScore, default_rubric
from mentors.errors import AlreadyMarking, NobodyAnswered, NotAMarker
from mentors.models import Mark, Marking
from mentors.selectors import assessments_visible_to, score_summaries
from mentors.selectors.desk import on_desk
from mentors.selectors.floor import applications_below
from mentors.selectors.marking import MarkableQuestion, mark_queue, markable_questions
from mentors.selectors.scores import marks_visible_to
from mentors.services import declare_conflict, lift_conflict
from mentors.services.marking import add_new_answers, assign_question, give_mark, take_back_marking
from mentors.states import ConflictKind
from tests import make
from tests.conftest import SignIn
from tests.mentors import world
from tests.mentors.test_sizes import MOST, asked

pytestmark = pytest.mark.django_db
WHY = MarkableQuestion("why", None, "What would change your mind about this agenda?")


def criterion_of(cohort: Cohort, key: str = "hard-question") -> Criterion:
    """A line of the cohort's rubric."""
    return default_rubric(cohort=cohort, by=None).criteria.get(key=key)


def give_out(cohort: Cohort, *markers: Person, key: str = "hard-question") -> list[Marking]:
    """The question "why" for the markers."""
    return assign_question(
        cohort=cohort, question=WHY, criterion=criterion_of(cohort, key), markers=markers, by=markers[0]
    )


def line(count: int = 3) -> tuple[Cohort, list[Application], Person]:
    """Applicants of one stream, and a reviewer who will mark."""
    cohort = make.make_cohort()
    stream = make.make_stream(cohort)
    applications = [world.make_applicant(cohort, stream, name=f"Person {number}") for number in range(count)]
    return cohort, applications, world.make_reviewer(cohort)


def composite(person: Person, application: Application) -> tuple[int, Decimal | None, Decimal | None] | None:
    """What the person may see of the application's scores."""
    found = score_summaries(person, Application.objects.filter(pk=application.pk)).get(application.pk)
    return None if found is None else (found.count, found.ability, found.motivation)


def test_only_written_questions_that_reviewers_read_are_given_out() -> None:
    cohort = make.make_cohort()
    stream = make.make_stream(cohort)
    long = QuestionKind.LONG
    questions = [
        QuestionSpec("open", long, "Open?"),
        QuestionSpec("staff", long, "For staff?", audience=Audience.STAFF),
        QuestionSpec("health", long, "Health?", is_sensitive=True),
        QuestionSpec("days", QuestionKind.NUMBER, "Days?"),
    ]
    make.make_questions(cohort, stream, questions)
    assert [(one.key, one.stream) for one in markable_questions(cohort) if one.stream] == [("open", stream)]


def test_every_answer_comes_once_and_an_empty_one_never() -> None:
    cohort, applications, gil = line()
    content = applications[0].submissions.get().content
    content["parts"][0]["answers"][0]["text"] = ""
    Submission.objects.create(application=applications[0], number=2, digest="1" * 64, content=content)
    Application.objects.filter(pk=applications[0].pk).update(submission_count=2)
    marking = give_out(cohort, gil)[0]
    assert set(marking.marks.values_list("application", flat=True)) == {one.pk for one in applications[1:]}
    seen = []
    while (queue := mark_queue(marking)).mark is not None:
        seen.append(queue.mark.application)
        give_mark(marking=marking, application=queue.mark.application, value=3, by=gil)
    assert {one.pk for one in seen} == {one.pk for one in applications[1:]}
    assert (queue.left, queue.words) == (0, "2 of 2")


def test_an_answer_of_a_stream_is_not_the_general_one() -> None:
    cohort, _, gil = line()
    stream = cohort.streams.get()
    with pytest.raises(NobodyAnswered):
        assign_question(
            cohort=cohort,
            question=MarkableQuestion("why", stream, "Why us?"),
            criterion=criterion_of(cohort),
            markers=[gil],
            by=gil,
        )
    assert not Marking.objects.exists()


def test_a_question_is_given_to_a_person_once() -> None:
    cohort, _, gil = line(1)
    give_out(cohort, gil)
    with pytest.raises(AlreadyMarking):
        give_out(cohort, gil)
    give_out(cohort, world.make_reviewer(cohort, "Bea"))
    assert Mark.objects.count() == 2


def test_marks_and_reviews_make_one_composite() -> None:
    cohort, (ada, *_), gil = line(1)
    bea, rui = world.make_reviewer(cohort, "Bea"), world.make_staff(cohort)
    world.make_assessment(ada, bea, technical_ability=4, hard_question=5, research_judgement=4, motivation=3)
    assert composite(rui, ada) == (1, Decimal("4.40"), Decimal(3))
    marking = give_out(cohort, gil)[0]
    give_mark(marking=marking, application=ada, value=1, by=gil)
    # The hard question is now (5 + 1) / 2 = 3, so (2·4 + 2·3 + 1·4) / 5.
    assert composite(rui, ada) == (2, Decimal("3.60"), Decimal(3))
    ada.refresh_from_db()
    assert (ada.review_count, ada.review_mean) == (2, Decimal("3.60"))


def test_a_criterion_nobody_scored_is_missing_and_never_zero() -> None:
    cohort, (ada, *_), gil = line(1)
    marking = give_out(cohort, gil, key="motivation")[0]
    rui = world.make_staff(cohort)
    assert composite(rui, ada) is None
    give_mark(marking=marking, application=ada, value=4, by=gil)
    assert composite(rui, ada) == (1, None, Decimal(4))
    ada.refresh_from_db()
    assert ada.review_mean is None


def test_the_motivation_floor_reads_marks_too() -> None:
    cohort, (ada, bo), gil = line(2)
    bea = world.make_reviewer(cohort, "Bea")
    for one in (ada, bo):
        world.make_assessment(one, bea, motivation=3)
    floor = Decimal("2.5")
    assert not applications_below(cohort, floor).exists()
    give_mark(marking=give_out(cohort, gil, key="motivation")[0], application=ada, value=1, by=gil)
    assert list(applications_below(cohort, floor)) == [ada]


def test_a_mark_can_be_changed_and_counts_once() -> None:
    cohort, (ada, *_), gil = line(1)
    marking = give_out(cohort, gil)[0]
    for value in (2, 5):
        give_mark(marking=marking, application=ada, value=value, by=gil)
    assert composite(world.make_staff(cohort), ada) == (1, Decimal(5), None)


@pytest.mark.parametrize("value", [None, 0, 6])
def test_a_mark_is_one_to_five(value: int | None) -> None:
    cohort, (ada, *_), gil = line(1)
    marking = give_out(cohort, gil)[0]
    with pytest.raises(NotAScore):
        give_mark(marking=marking, application=ada, value=value, by=gil)


def test_who_owes_a_mark_sees_no_score_of_the_application() -> None:
    cohort, (ada, *_), gil = line(1)
    rui, bea = world.make_staff(cohort), world.make_reviewer(cohort, "Bea")
    world.make_assessment(ada, bea)
    marking = give_out(cohort, rui)[0]
    assert composite(rui, ada) is None
    assert not assessments_visible_to(rui, ada).exists()
    give_mark(marking=marking, application=ada, value=3, by=rui)
    assert assessments_visible_to(rui, ada).exists()
    assert gil


def test_who_owes_a_review_sees_no_mark() -> None:
    cohort, (ada, *_), gil = line(1)
    bea = world.make_reviewer(cohort, "Bea")
    world.make_assignment(ada, bea)
    give_mark(marking=give_out(cohort, gil)[0], application=ada, value=3, by=gil)
    assert not marks_visible_to(bea).exists()
    world.make_assessment(ada, bea)
    assert marks_visible_to(bea).count() == 1


def test_a_tie_skips_the_answer_and_its_mark_no_longer_counts() -> None:
    cohort, (ada, bo), gil = line(2)
    rui = world.make_staff(cohort)
    marking = give_out(cohort, gil)[0]
    give_mark(marking=marking, application=ada, value=5, by=gil)
    conflict = declare_conflict(application=ada, person=gil, kind=ConflictKind.FRIEND, by=gil)
    assert composite(rui, ada) is None
    ada.refresh_from_db()
    assert (ada.review_count, ada.review_mean) == (0, None)
    with pytest.raises(NotAMarker):
        give_mark(marking=marking, application=ada, value=5, by=gil)
    queue = mark_queue(marking)
    assert (queue.total, queue.mark and queue.mark.application) == (1, bo)
    lift_conflict(conflict=conflict, by=rui)
    ada.refresh_from_db()
    assert ada.review_count == 1


def test_a_tie_declared_before_keeps_the_answer_out() -> None:
    cohort, (ada, bo), gil = line(2)
    declare_conflict(application=ada, person=gil, kind=ConflictKind.FRIEND, by=gil)
    assert list(give_out(cohort, gil)[0].marks.values_list("application", flat=True)) == [bo.pk]


def test_what_is_taken_back_is_not_asked_for_and_what_was_marked_counts() -> None:
    cohort, (ada, bo), gil = line(2)
    marking = give_out(cohort, gil)[0]
    give_mark(marking=marking, application=ada, value=4, by=gil)
    take_back_marking(marking=marking, by=world.make_staff(cohort))
    assert not Mark.objects.owed().exists()
    with pytest.raises(NotAMarker):
        give_mark(marking=marking, application=bo, value=4, by=gil)
    assert Mark.objects.given().count() == 1


def test_answers_that_came_later_are_added_once() -> None:
    cohort, _, gil = line(1)
    marking = give_out(cohort, gil)[0]
    world.make_applicant(cohort, *cohort.streams.all())
    assert [add_new_answers(marking=marking) for _ in range(2)] == [1, 0]


def test_a_marker_goes_through_the_answers_without_names(sign_in: SignIn) -> None:
    cohort, _, gil = line(2)
    marking = give_out(cohort, gil)[0]
    client, url = sign_in(gil), marking.get_absolute_url()
    assert "2 answers to mark" in client.get("/").content.decode()
    page = client.get(url)
    text = page.content.decode()
    assert "2 left" in text
    assert "The result that would move me" in text
    assert "takes the difficulty apart" in text  # the criterion's own anchors
    assert "Person" not in text
    first = page.context["queue"].mark.application.code
    assert "Choose a point from 1 to 5" in client.post(url, {"application": first}).content.decode()
    assert client.post(url, {"application": first, "value": "4"}).status_code == 302
    page = client.get(url)
    assert "1 left" in page.content.decode()
    assert page.context["previous_url"].endswith(first)
    assert client.get(page.context["previous_url"]).context["form"].initial["value"] == 4
    second = page.context["queue"].mark.application.code
    tie = reverse("mentors:mark_conflict", args=[cohort.slug, marking.code, second])
    assert client.post(tie, {"kind": "friend"}).status_code == 302
    assert "All 1 answers are marked" in client.get(url).content.decode()


def test_staff_give_a_question_out_and_see_how_far_it_is(sign_in: SignIn) -> None:
    cohort = make.make_cohort()
    stream = make.make_stream(cohort)
    make.make_questions(cohort, stream)
    make.make_application(cohort, streams=[stream])
    rui, gil = world.make_staff(cohort), world.make_reviewer(cohort)
    default_rubric(cohort=cohort, by=rui)
    client, url = sign_in(rui), reverse("mentors:markings", args=[cohort.slug])
    facts = {"question": f"{stream.code}:q1", "criterion": "hard-question"}
    assert "Choose at least one person." in client.post(url, facts).content.decode()
    assert client.post(url, facts | {"markers": [gil.code]}).status_code == 302
    text = client.get(url).content.decode()
    assert "0 of 1" in text
    assert "What would change your mind?" in text
    again = client.post(url, facts | {"markers": [gil.code]}).content.decode()
    assert "marks this question already" in again


def test_the_pages_ask_the_same_of_few_and_of_many(sign_in: SignIn) -> None:
    cohort, _, gil = line(1)
    rui = world.make_staff(cohort)
    marking = give_out(cohort, gil)[0]
    staff, own = reverse("mentors:markings", args=[cohort.slug]), marking.get_absolute_url()
    few = [asked(sign_in(rui), staff), asked(sign_in(gil), own)]
    for _ in range(4):
        world.make_applicant(cohort, *cohort.streams.all())
    give_out(cohort, world.make_reviewer(cohort, "Bea"))
    add_new_answers(marking=marking)
    assert [asked(sign_in(rui), staff), asked(sign_in(gil), own)] == few
    assert max(few) <= MOST


def test_marks_of_others_stand_at_the_desk_once_ones_own_scores_are_in(sign_in: SignIn) -> None:
    cohort, [ada, *_], gil = line()
    tom = world.make_reviewer(cohort, "Tom")
    [marking] = give_out(cohort, tom)
    give_mark(marking=marking, application=ada, value=4, by=tom)
    world.make_assignment(ada, gil)
    client = sign_in(gil)
    desk, discussion = (reverse(f"mentors:{name}", args=[cohort.slug, ada.code]) for name in ("desk", "discussion"))
    assert "Marked by question" not in client.get(desk).text
    world.make_assessment(ada, gil)
    for page in (client.get(desk).text, client.get(discussion).text):
        assert "Marked by question" in page
        assert f"<b>Tom</b> · {marking.criterion.label.lower()} 4" in " ".join(page.split())


def test_ones_own_mark_stands_at_the_desk_before_the_review() -> None:
    cohort, [ada, *_], gil = line()
    [marking] = give_out(cohort, gil)
    give_mark(marking=marking, application=ada, value=2, by=gil)
    world.make_assignment(ada, gil)
    found = on_desk(gil, cohort, ada.code)
    assert [(one["marker"], one["value"]) for one in found.shown_marks] == [(gil.name, 2)]
