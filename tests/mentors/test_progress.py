"""What was assigned at once can be undone while untouched; who is behind is asked once more, and nobody else."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from mats_portal.cohorts.models import Cohort, Extension, Milestone
from mats_portal.cohorts.states import MilestoneKind
from mats_portal.outbox.kinds import letter_kind
from mats_portal.outbox.models import Letter
from mats_portal.people.models import Person
from mats_portal.web.errors import Refusal
from mentors.errors import AlreadyUndone, NobodyToNudge, NothingToUndo, PlanChanged
from mentors.models import Assessment, Assignment, AssignmentBatch
from mentors.selectors import assignment_plan
from mentors.selectors.progress import assignment_batches, assignments_of_reviewers, reviewers_behind
from mentors.services import apply_assignment_plan, nudge_reviewers, save_assessment, undo_assignment_batch
from tests import make
from tests.conftest import SignIn
from tests.mentors import world

pytestmark = pytest.mark.django_db


def assigned(count: int = 3) -> tuple[Cohort, Person, Person, AssignmentBatch]:
    """A cohort in which Rui has given all applications to Gil at once."""
    cohort = make.make_cohort()
    stream = make.make_stream(cohort)
    for number in range(count):
        world.make_applicant(cohort, stream, name=f"Person {number}")
    rui, gil = world.make_staff(cohort), world.make_reviewer(cohort)
    plan = assignment_plan(cohort, readers=1)
    apply_assignment_plan(cohort=cohort, readers=1, cap=None, digest=plan.digest, by=rui)
    return cohort, rui, gil, AssignmentBatch.objects.get()


def begin(assignment: Assignment) -> Assessment:
    """The reader has scored one criterion."""
    return save_assessment(
        application=assignment.application,
        values={"motivation": 3},
        comment="",
        expected_revision=0,
        by=assignment.reviewer,
    )


def due(cohort: Cohort, days: float) -> None:
    """Reviews are due so many days from now."""
    at = timezone.now() + timedelta(days=days)
    Milestone.objects.filter(cohort=cohort, kind=MilestoneKind.REVIEWS_DUE).update(at=at)


def test_undoing_takes_back_what_nobody_has_begun_and_says_what_stays() -> None:
    _, rui, gil, batch = assigned()
    begun = begin(Assignment.objects.first())  # type: ignore[arg-type]
    assert undo_assignment_batch(batch=batch, by=rui) == (2, 1)
    assert [row.application for row in Assignment.objects.standing().of(gil)] == [begun.application]
    with pytest.raises(AlreadyUndone):
        undo_assignment_batch(batch=batch, by=rui)


def test_nothing_is_undone_when_everything_was_begun() -> None:
    _, rui, _, batch = assigned(1)
    begin(Assignment.objects.get())
    with pytest.raises(NothingToUndo):
        undo_assignment_batch(batch=batch, by=rui)
    batch.refresh_from_db()
    assert batch.undone_at is None


def test_what_was_undone_can_be_assigned_again() -> None:
    cohort, rui, gil, batch = assigned()
    undo_assignment_batch(batch=batch, by=rui)
    plan = assignment_plan(cohort, readers=1)
    assert apply_assignment_plan(cohort=cohort, readers=1, cap=None, digest=plan.digest, by=rui) == 3
    assert Assignment.objects.standing().of(gil).count() == 3
    assert [row.title for row in assignment_batches(cohort)] == ["1 reviewer for each application"]


def test_a_preview_that_is_stale_makes_no_batch() -> None:
    cohort, rui, _, _ = assigned()
    plan = assignment_plan(cohort, readers=2)
    world.make_reviewer(cohort, "Bea")
    with pytest.raises(PlanChanged):
        apply_assignment_plan(cohort=cohort, readers=2, cap=None, digest=plan.digest, by=rui)
    assert AssignmentBatch.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_beginning_and_undoing_at_once_leave_one_truth() -> None:
    def told(act: Callable[[], object]) -> str:
        try:
            act()
        except Refusal as refusal:
            return type(refusal).__name__
        finally:
            connection.close()
        return ""

    for _ in range(5):
        _, rui, _, batch = assigned(1)
        assignment = Assignment.objects.get(batch=batch)
        acts = [partial(begin, assignment), partial(undo_assignment_batch, batch=batch, by=rui)]
        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(told, acts))
        assignment.refresh_from_db()
        is_begun = Assessment.objects.filter(assignment=assignment).exists()
        assert is_begun == (assignment.removed_at is None)
        assert answers == (["", "NothingToUndo"] if is_begun else ["NotAReviewer", ""])
        AssignmentBatch.objects.all().delete()


def test_only_who_has_reviews_left_is_written_to_and_once() -> None:
    cohort, rui, gil, _ = assigned()
    bea = world.make_reviewer(cohort, "Bea")
    done = world.make_assignment(world.make_applicant(cohort, *cohort.streams.all()), bea)
    world.make_assessment(done.application, bea)
    facts = {"cohort": cohort, "people": [gil, bea], "note": "The mentors wait.", "form_key": "abc", "by": rui}
    assert nudge_reviewers(**facts) == 1  # type: ignore[arg-type]
    letter = Letter.objects.get(kind="reviews asked for again")
    assert letter.recipient == gil
    assert "3 reviews" in letter.subject
    assert "The mentors wait." in letter.text
    with pytest.raises(NobodyToNudge):
        nudge_reviewers(**facts)  # type: ignore[arg-type]


def test_the_letter_is_not_delivered_to_who_has_finished_by_then() -> None:
    cohort, rui, gil, _ = assigned(1)
    nudge_reviewers(cohort=cohort, people=[gil], note="", form_key="abc", by=rui)
    letter, still_due = (
        Letter.objects.get(kind="reviews asked for again"),
        letter_kind("reviews asked for again").still_due,
    )
    assert still_due is not None
    assert still_due(letter)
    world.make_assessment(Assignment.objects.get().application, gil)
    assert not still_due(letter)


def test_late_is_judged_by_each_persons_own_deadline() -> None:
    cohort, rui, gil, _ = assigned()
    due(cohort, -1)
    assert [one.is_late for one in reviewers_behind(cohort)] == [True]
    at = timezone.now() + timedelta(days=2)
    Extension.objects.create(
        cohort=cohort, kind=MilestoneKind.REVIEWS_DUE, person=gil, at=at, reason="ill", given_by=rui
    )
    one = reviewers_behind(cohort)[0]
    assert (one.is_late, one.due_at, one.left, one.asked) == (False, at, 3, 3)


def test_progress_counts_what_is_in_and_when_the_last_came() -> None:
    cohort, _, gil, _ = assigned()
    assert assignments_of_reviewers(cohort).get().last_at is None
    world.make_assessment(Assignment.objects.first().application, gil)  # type: ignore[union-attr]
    person = assignments_of_reviewers(cohort).get()
    assert (person.asked, person.done) == (3, 1)
    assert person.last_at is not None


def test_staff_undo_and_nudge_on_the_page(sign_in: SignIn) -> None:
    cohort, rui, gil, batch = assigned()
    begin(Assignment.objects.order_by("pk")[0])
    client, here = sign_in(rui), reverse("mentors:assignments", args=[cohort.slug])
    assert "1 reviewer for each application" in client.get(here).content.decode()
    nudging = reverse("mentors:nudge", args=[cohort.slug])
    answer = client.get(nudging)
    assert "Gil: 3 of 3 left" in answer.content.decode()
    form_key = answer.context["form"].initial["form_key"]
    empty = client.post(nudging, {"note": "The mentors wait.", "form_key": form_key})
    assert "Choose at least one person." in empty.content.decode()
    assert "The mentors wait." in empty.content.decode()
    assert client.post(nudging, {"people": [gil.code], "form_key": form_key}).status_code == 302
    shown = client.get(nudging)
    assert "within the last day" in shown.content.decode()
    assert shown.context["form"].initial["people"] == []
    undoing = reverse("mentors:undo_assignment", args=[cohort.slug, batch.code])
    assert "Person 0" in client.get(undoing).content.decode()
    assert client.post(undoing).status_code == 302
    assert "2 reviews taken back. 1 review stays" in client.get(here).content.decode()
    assert client.get(undoing).status_code == 404
