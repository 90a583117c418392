"""Draft, submit, comment: nothing is lost, nothing submitted changes, late is accepted and marked."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from mats_portal.cohorts.models import Extension
from mats_portal.cohorts.states import MilestoneKind
from mats_portal.journal.models import Entry
from mats_portal.outbox.models import Letter
from mats_portal.web.errors import Refusal
from research_plans.content import OutputRow, PlanText
from research_plans.letters import is_still_unsubmitted
from research_plans.models import PlanRevision, ResearchPlan
from research_plans.reminders import due
from research_plans.selectors import cohort_rows, draft_of, plan_row
from research_plans.services import (
    MayNotComment,
    NotYourPlan,
    PartsMissing,
    StalePlan,
    TooManyOutputs,
    comment_on_plan,
    save_plan,
    start_plan,
    submit_plan,
)
from research_plans.states import Part, Standing
from scholars.models import Scholar
from scholars.services import finish_scholars
from tests import make
from tests.mentors.world import make_mentor
from tests.research_plans.world import SUITE, make_plan, make_submitted_plan, set_due, text
from tests.scholars.world import fresh, make_led_stream, make_scholar, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def sam() -> Scholar:
    """A scholar whose plan is due in ten days."""
    scholar = make_scholar(make_led_stream(seats=40))
    set_due(scholar.cohort, timedelta(days=10))
    return scholar


def submit(plan: ResearchPlan) -> PlanRevision:
    """The scholar submits the draft as it is."""
    now = ResearchPlan.objects.get(pk=plan.pk)
    return submit_plan(plan=now, expected_revision=now.revision, by=fresh(plan.scholar.person))


def extend(scholar: Scholar, by: timedelta) -> None:
    """The scholar's own deadline is so long from now."""
    Extension.objects.create(
        cohort=scholar.cohort,
        kind=MilestoneKind.PLANS_DUE,
        person=scholar.person,
        at=timezone.now() + by,
        reason="Illness",
        given_by=make_staff(scholar.cohort),
    )


def test_draft_keeps_everything_and_counts_its_saves(sam: Scholar) -> None:
    plan = make_plan(sam)
    assert plan.revision == 1
    assert plan.saved_at is not None
    assert draft_of(plan) == PlanText(text().parts, [SUITE])
    person = fresh(sam.person)
    plan = save_plan(plan=plan, text=PlanText({}, [OutputRow("B"), OutputRow("A")]), expected_revision=1, by=person)
    assert [row.title for row in plan.outputs.all()] == ["B", "A"]
    with pytest.raises(TooManyOutputs):
        save_plan(plan=plan, text=PlanText({}, [OutputRow("x")] * 31), expected_revision=2, by=person)


def test_older_window_overwrites_nothing_and_gets_both_texts(sam: Scholar) -> None:
    plan = make_plan(sam, "newer")
    with pytest.raises(StalePlan) as refused:
        save_plan(plan=plan, text=text("older"), expected_revision=0, by=fresh(sam.person))
    assert refused.value.saved.part(Part.THREAT_MODEL) == text("newer").part(Part.THREAT_MODEL)
    assert refused.value.revision == 1
    assert "newer" in draft_of(ResearchPlan.objects.get(pk=plan.pk)).part(Part.THREAT_MODEL)


def test_only_the_scholar_in_the_programme_writes(sam: Scholar) -> None:
    plan = make_plan(sam)
    for other in (make_staff(sam.cohort), make.make_person("Nobody"), make_mentor(sam.stream)):
        for act in (
            lambda by: start_plan(scholar=sam, by=by),
            lambda by: save_plan(plan=plan, text=text(), expected_revision=1, by=by),
            lambda by: submit_plan(plan=plan, expected_revision=1, by=by),
        ):
            with pytest.raises(NotYourPlan):
                act(other)
    finish_scholars(cohort=sam.cohort, codes=[sam.code], typed_count=1, by=make_staff(sam.cohort))
    with pytest.raises(NotYourPlan):
        submit(ResearchPlan.objects.get(pk=plan.pk))


def test_submitting_freezes_sends_a_receipt_and_is_done_once(sam: Scholar) -> None:
    plan = make_plan(sam)
    first, again = submit(plan), submit(plan)
    assert first == again
    receipt = Letter.objects.get(kind="plan receipt")
    assert first.digest in receipt.text
    assert Entry.objects.filter(verb="submit plan").count() == 1
    assert first.due_at is not None
    make_plan(sam, "second")
    second = submit(plan)
    assert second.number == 2
    assert second.digest != first.digest


def test_submission_is_refused_while_something_is_missing_or_stale(sam: Scholar) -> None:
    person = fresh(sam.person)
    plan = start_plan(scholar=sam, by=person)
    with pytest.raises(PartsMissing, match="Threat model"):
        submit(plan)
    make_plan(sam)
    with pytest.raises(StalePlan):
        submit_plan(plan=plan, expected_revision=0, by=person)
    assert not PlanRevision.objects.exists()


def test_autosave_after_submitting_touches_no_revision(sam: Scholar) -> None:
    plan = make_submitted_plan(sam)
    before = list(PlanRevision.objects.values())
    make_plan(sam, "afterwards")
    assert list(PlanRevision.objects.values()) == before
    rows = PlanRevision.objects.filter(plan=plan)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(digest="0" * 64)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.delete()


def test_late_plan_is_accepted_and_marked_by_days(sam: Scholar) -> None:
    set_due(sam.cohort, timedelta(hours=-25))
    revision = submit(make_plan(sam))
    row = plan_row(sam)
    assert (row.standing, row.days_late) == (Standing.LATE, 2)
    assert revision.due_at is not None
    assert "2 days after your deadline" in Letter.objects.get(kind="plan receipt").text


def test_personal_extension_counts_for_its_person_only(sam: Scholar) -> None:
    other = make_scholar(sam.stream, "Sid")
    set_due(sam.cohort, timedelta(hours=-1))
    extend(sam, timedelta(days=3))
    for scholar in (sam, other):
        submit(make_plan(scholar))
    assert plan_row(sam).standing == Standing.SUBMITTED
    assert plan_row(other).standing == Standing.LATE


def test_later_revision_of_a_plan_in_time_does_not_make_it_late(sam: Scholar) -> None:
    submit(make_plan(sam))
    set_due(sam.cohort, timedelta(seconds=0.2))
    ResearchPlan.objects.update(first_submitted_at=timezone.now() - timedelta(days=1))
    make_plan(sam, "improved")
    assert submit(make_plan(sam, "improved again")).number == 2
    assert plan_row(sam).standing == Standing.SUBMITTED


def test_without_a_date_a_plan_is_accepted_and_never_late() -> None:
    scholar = make_scholar(make_led_stream(make.make_cohort(milestones={})))
    assert submit(make_plan(scholar)).due_at is None
    assert plan_row(scholar).standing == Standing.SUBMITTED


def test_list_puts_missing_and_late_first(sam: Scholar) -> None:
    late, missing, done = (make_scholar(sam.stream, name) for name in ("Lea", "Max", "Abe"))
    submit(make_plan(done))
    ResearchPlan.objects.update(first_submitted_at=timezone.now() - timedelta(days=9))
    set_due(sam.cohort, timedelta(days=-2))
    submit(make_plan(late))
    extend(sam, timedelta(days=3))
    found = [(row.scholar, row.standing) for row in cohort_rows(sam.cohort)]
    assert found == [
        (missing, Standing.MISSING),
        (late, Standing.LATE),
        (sam, Standing.NOT_STARTED),
        (done, Standing.SUBMITTED),
    ]


def test_reminders_go_to_those_who_have_not_submitted_and_only_them(sam: Scholar) -> None:
    done = make_scholar(sam.stream, "Abe")
    submit(make_plan(done))
    extended = make_scholar(sam.stream, "Eve")
    extend(extended, timedelta(days=60))
    now = timezone.now()
    steps = {day: [(one.person, one.key[-3:]) for one in due(now + timedelta(days=day))] for day in range(11)}
    assert steps[2] == []
    assert steps[3] == steps[7] == [(sam.person, "-7d")]
    assert steps[8] == [(sam.person, "-2d")]
    assert steps[9] == [(sam.person, "-1d")]
    assert steps[10] == []
    (reminder,) = due(now + timedelta(days=9))
    assert is_still_unsubmitted(Letter(about=reminder.about))
    submit(make_plan(sam))
    assert not is_still_unsubmitted(Letter(about=reminder.about))


def test_comments_are_for_mentors_staff_and_the_scholar(sam: Scholar) -> None:
    revision = make_submitted_plan(sam).revisions.get()
    mira, rui = make_mentor(sam.stream), make_staff(sam.cohort)
    for number, by in enumerate((mira, mira, rui, fresh(sam.person))):
        comment_on_plan(revision=revision, part="", text="Say more.", form_key=f"k{number // 2}", by=by)
    assert revision.comments.count() == 3
    assert Letter.objects.filter(kind="plan comment", recipient=sam.person).count() == 2
    other = make_mentor(make.make_stream(sam.cohort))
    for by in (other, make.make_person("Nobody")):
        with pytest.raises(MayNotComment):
            comment_on_plan(revision=revision, part="", text="Me, too", form_key="n", by=by)


@pytest.mark.django_db(transaction=True)
def test_fifty_clicks_on_submit_are_one_revision_and_one_receipt() -> None:
    scholar = make_scholar(make_led_stream())
    plan = make_plan(scholar)

    def click(_: int) -> str:
        try:
            return str(submit(plan).pk)
        except Refusal as refusal:
            return type(refusal).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        answers = set(pool.map(click, range(50)))
    assert len(answers) == 1
    assert PlanRevision.objects.count() == 1
    assert Letter.objects.filter(kind="plan receipt").count() == 1
