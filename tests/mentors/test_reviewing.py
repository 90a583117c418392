"""Reviewing: only who was asked, own scores before others', and a tie makes the application vanish."""

from decimal import Decimal

import pytest

from applications.models import Application
from applications.services import withdraw_application
from mats_portal.cohorts.states import CohortRole
from mats_portal.journal.selectors import entries_about
from mats_portal.rubrics.services import ScoresMissing, StaleScores
from mentors.errors import (
    AlreadyAssigned,
    HasConflict,
    NotAReviewer,
    NothingToAssess,
    PlanChanged,
    ReviewFinished,
)
from mentors.models import Assessment, Assignment, Conflict
from mentors.policies import can_review_application
from mentors.selectors import (
    assessable_by,
    assessments_visible_to,
    assignment_plan,
    owes_review,
    review_queue,
    score_summaries,
)
from mentors.services import (
    apply_assignment_plan,
    assign_reviewer,
    declare_conflict,
    finish_assessment,
    lift_conflict,
    save_assessment,
    take_back_assignment,
    take_up_review,
)
from mentors.states import ConflictKind
from tests import make
from tests.mentors import world

pytestmark = pytest.mark.django_db


def counts(person: object, application: Application) -> int:
    """How many scores the person is told of."""
    summary = score_summaries(person, Application.objects.filter(pk=application.pk)).get(application.pk)
    return summary.count if summary else 0


def test_a_reviewer_sees_others_scores_only_after_their_own() -> None:
    cohort = make.make_cohort()
    application = world.make_applicant(cohort, make.make_stream(cohort))
    gil, tom = world.make_reviewer(cohort, "Gil"), world.make_reviewer(cohort, "Tom")
    world.make_assignment(application, gil)
    world.make_assessment(application, tom)
    assert not assessments_visible_to(gil, application).exists()
    assert counts(gil, application) == 0
    world.make_assessment(application, gil)
    assert assessments_visible_to(gil, application).count() == 2
    assert counts(gil, application) == 2


def test_staff_who_owe_a_review_are_as_blind_as_anybody() -> None:
    cohort = make.make_cohort()
    application = world.make_applicant(cohort, make.make_stream(cohort))
    rui, tom = world.make_staff(cohort), world.make_reviewer(cohort, "Tom")
    make.make_membership(rui, cohort, CohortRole.REVIEWER)
    rui = world.fresh(rui)
    world.make_assessment(application, tom)
    assert counts(rui, application) == 1
    world.make_assignment(application, rui)
    assert counts(rui, application) == 0


def test_a_half_done_review_is_nobody_elses() -> None:
    cohort = make.make_cohort()
    application = world.make_applicant(cohort, make.make_stream(cohort))
    gil, rui = world.make_reviewer(cohort), world.make_staff(cohort)
    world.make_assignment(application, gil)
    save_assessment(application=application, values={"motivation": 1}, comment="", expected_revision=0, by=gil)
    assert not assessments_visible_to(rui, application).exists()
    assert assessments_visible_to(gil, application).count() == 1


def test_mentors_see_scores_of_their_own_stream_only() -> None:
    cohort = make.make_cohort()
    mine, other = make.make_stream(cohort), make.make_stream(cohort)
    application = world.make_applicant(cohort, mine)
    mira, noor = world.make_mentor(mine, "Mira"), world.make_mentor(other, "Noor")
    world.make_assessment(application, world.make_reviewer(cohort))
    world.make_assessment(application, mira)
    assert counts(mira, application) == 2
    assert counts(noor, application) == 0


def test_outsiders_and_the_applicant_see_no_scores() -> None:
    cohort = make.make_cohort()
    application = world.make_applicant(cohort, make.make_stream(cohort))
    world.make_assessment(application, world.make_reviewer(cohort))
    for person in (make.make_person("Nobody"), application.person, world.make_staff(make.make_cohort())):
        assert not assessments_visible_to(person).exists()
        assert not assessable_by(person).exists()


def test_finishing_counts_the_review_and_leaves_the_applicants_dates() -> None:
    cohort = make.make_cohort()
    application = world.make_applicant(cohort, make.make_stream(cohort))
    before = application.changed_at
    world.make_assessment(application, world.make_reviewer(cohort), technical_ability=5, hard_question=5)
    world.make_assessment(application, world.make_reviewer(cohort), technical_ability=3, hard_question=3)
    application.refresh_from_db()
    assert application.review_count == 2
    assert application.review_mean == Decimal("4.00")
    assert application.changed_at == before


def test_finishing_without_all_scores_saves_nothing_and_says_what_is_missing() -> None:
    cohort = make.make_cohort()
    application = world.make_applicant(cohort, make.make_stream(cohort))
    gil = world.make_reviewer(cohort)
    world.make_assignment(application, gil)
    with pytest.raises(ScoresMissing):
        finish_assessment(application=application, values={"motivation": 3}, comment="", expected_revision=0, by=gil)
    assert not Assessment.objects.exists()


def test_two_windows_do_not_overwrite_each_other() -> None:
    cohort = make.make_cohort()
    application = world.make_applicant(cohort, make.make_stream(cohort))
    gil = world.make_reviewer(cohort)
    world.make_assignment(application, gil)
    save_assessment(application=application, values={"motivation": 4}, comment="", expected_revision=0, by=gil)
    with pytest.raises(StaleScores):
        save_assessment(application=application, values={"motivation": 1}, comment="", expected_revision=0, by=gil)


def test_nobody_scores_without_being_asked() -> None:
    cohort = make.make_cohort()
    application = world.make_applicant(cohort, make.make_stream(cohort))
    with pytest.raises(NotAReviewer):
        save_assessment(
            application=application, values={}, comment="", expected_revision=0, by=world.make_reviewer(cohort)
        )


def test_a_conflict_makes_the_application_vanish_and_its_scores_not_count() -> None:
    cohort = make.make_cohort()
    stream = make.make_stream(cohort)
    application = world.make_applicant(cohort, stream)
    mira = world.make_mentor(stream)
    world.make_assessment(application, mira)
    declare_conflict(application=application, person=mira, kind=ConflictKind.CO_AUTHOR, by=mira)
    application.refresh_from_db()
    assert application.review_count == 0
    assert application.review_mean is None
    assert not assessable_by(mira).exists()
    assert not assessments_visible_to(mira).exists()
    assert review_queue(mira, cohort).total == 0
    assert not can_review_application(mira, application).allowed
    assert assessments_visible_to(world.make_staff(cohort), application).count() == 0
    with pytest.raises(HasConflict):
        assign_reviewer(application=application, reviewer=mira, by=mira)


def test_a_lifted_conflict_brings_back_what_was_typed() -> None:
    cohort = make.make_cohort()
    application = world.make_applicant(cohort, make.make_stream(cohort))
    gil, rui = world.make_reviewer(cohort), world.make_staff(cohort)
    world.make_assessment(application, gil)
    conflict = declare_conflict(application=application, person=gil, kind=ConflictKind.OTHER, by=gil)
    lift_conflict(conflict=conflict, by=rui)
    assert not Conflict.objects.exists()
    world.make_assignment(application, gil, rui)
    save_assessment(application=application, values=world.GOOD, comment="Again.", expected_revision=1, by=gil)
    application.refresh_from_db()
    assert application.review_count == 1
    verbs = set(entries_about(application).values_list("verb", flat=True))
    assert {"declare conflict of interest", "lift conflict of interest"} <= verbs


def test_assigning_refuses_who_cannot_review() -> None:
    cohort = make.make_cohort()
    mine, other = make.make_stream(cohort), make.make_stream(cohort)
    application = world.make_applicant(cohort, mine)
    gil, rui = world.make_reviewer(cohort), world.make_staff(cohort)
    assert assign_reviewer(application=application, reviewer=gil, by=rui).stream is None
    assert assign_reviewer(application=application, reviewer=world.make_mentor(mine), by=rui).stream == mine
    with pytest.raises(AlreadyAssigned):
        assign_reviewer(application=application, reviewer=gil, by=rui)
    for wrong in (world.make_mentor(other), make.make_person("Nobody"), application.person):
        with pytest.raises(NotAReviewer):
            assign_reviewer(application=application, reviewer=wrong, by=rui)
    withdraw_application(application=application, by=application.person)
    with pytest.raises(NothingToAssess):
        assign_reviewer(application=application, reviewer=world.make_reviewer(cohort), by=rui)


def test_nobody_reviews_their_own_application() -> None:
    cohort = make.make_cohort()
    gil = world.make_reviewer(cohort)
    own = world.make_applicant(cohort, make.make_stream(cohort), person=gil)
    with pytest.raises(NotAReviewer):
        assign_reviewer(application=own, reviewer=gil, by=gil)
    assert assignment_plan(cohort, readers=1).pairs == []


def test_a_mentor_takes_up_a_review_whatever_others_have_scored() -> None:
    cohort = make.make_cohort()
    stream, other = make.make_stream(cohort), make.make_stream(cohort)
    application = world.make_applicant(cohort, other, stream)
    mira = world.make_mentor(stream)
    world.make_assessment(application, world.make_reviewer(cohort))
    taken = take_up_review(application=application, by=mira)
    assert (taken.stream, taken.is_own_choice) == (stream, True)
    assert owes_review(mira, application)
    with pytest.raises(NotAReviewer):
        take_up_review(application=application, by=world.make_mentor(make.make_stream(cohort)))


def test_taking_back_keeps_what_was_typed_and_refuses_finished_ones() -> None:
    cohort = make.make_cohort()
    application = world.make_applicant(cohort, make.make_stream(cohort))
    gil, rui = world.make_reviewer(cohort), world.make_staff(cohort)
    assignment = world.make_assignment(application, gil)
    save_assessment(application=application, values={"motivation": 4}, comment="", expected_revision=0, by=gil)
    take_back_assignment(assignment=assignment, by=rui)
    assert review_queue(gil, cohort).total == 0
    world.make_assignment(application, gil, rui)
    assessment = save_assessment(application=application, values=world.GOOD, comment="", expected_revision=1, by=gil)
    finished = finish_assessment(
        application=application, values=world.GOOD, comment="", expected_revision=assessment.sheet.revision, by=gil
    )
    with pytest.raises(ReviewFinished):
        take_back_assignment(assignment=finished.assignment, by=rui)


def test_a_plan_is_applied_as_shown_or_not_at_all() -> None:
    cohort = make.make_cohort()
    stream = make.make_stream(cohort)
    for name in ("Ada", "Bo", "Cy", "Di"):
        world.make_applicant(cohort, stream, name=name)
    mira, gil, rui = world.make_mentor(stream), world.make_reviewer(cohort), world.make_staff(cohort)
    plan = assignment_plan(cohort, readers=2)
    assert {load.person: load.then for load in plan.loads} == {mira: 4, gil: 4}
    assert apply_assignment_plan(cohort=cohort, readers=2, cap=None, digest=plan.digest, by=rui) == 8
    assert Assignment.objects.filter(stream=stream).count() == 4
    with pytest.raises(PlanChanged):
        apply_assignment_plan(cohort=cohort, readers=2, cap=None, digest=plan.digest, by=rui)
    again = assignment_plan(cohort, readers=3)
    assert again.pairs == []
    assert [lack for _, lack in again.short] == [1, 1, 1, 1]


def test_a_plan_avoids_declared_ties() -> None:
    cohort = make.make_cohort()
    application = world.make_applicant(cohort, make.make_stream(cohort))
    gil, tom = world.make_reviewer(cohort, "Gil"), world.make_reviewer(cohort, "Tom")
    declare_conflict(application=application, person=gil, kind=ConflictKind.FRIEND, by=gil)
    assert [pair[1] for pair in assignment_plan(cohort, readers=1).pairs] == [tom.pk]


def test_the_queue_goes_round_and_puts_the_finished_last() -> None:
    cohort = make.make_cohort()
    stream = make.make_stream(cohort)
    applications = [world.make_applicant(cohort, stream, name=name) for name in ("Ada", "Bo", "Cy")]
    gil = world.make_reviewer(cohort)
    for application in applications:
        world.make_assignment(application, gil)
    first = review_queue(gil, cohort).places[0]
    by_key = {application.pk: application for application in applications}
    world.make_assessment(by_key[first.application_id], gil)
    queue = review_queue(gil, cohort)
    assert (queue.done, queue.total) == (1, 3)
    assert queue.places[-1].code == first.code
    assert queue.after(by_key[queue.places[1].application_id]) == queue.places[0]
    assert queue.beside(by_key[first.application_id]) == (queue.places[1], None)
    assert queue.beside(by_key[queue.places[0].application_id]) == (None, queue.places[1])
