"""Demo cohorts as they come out of the portal's own services."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.models.signals import post_save
from django.utils import timezone

from applications.models import Application, Reference
from applications.outreach.models import Interest
from applications.states import ApplicationState, Education
from demo.building.building import build
from demo.building.cast import bring_to_life
from demo.building.marking import MARKED
from demo.building.removing import NotADemo, remove
from demo.building.stage import Stage
from demo.moments import Moment
from demo.people import ADA, INES, LUM, MIRA, REN, RUI, SAM
from demo.recipes import TWO_STREAMS, Recipe
from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.cohorts.states import MilestoneKind
from mats_portal.people.models import Person
from mats_portal.questionnaires.models import Answer, Question
from mats_portal.questionnaires.selectors import missing_required
from mats_portal.questionnaires.states import Audience, Retention
from mats_portal.reports.services import compile_snapshot, print_snapshot
from mentors.candidacy.models import Candidacy, Rating
from mentors.models import Assignment, Mark, Offer, Ranking
from mentors.states import OfferState
from research_plans.models import PlanRevision, ResearchPlan
from scholars.alumni.models import Outcome
from scholars.models import Scholar
from scholars.states import ScholarState
from tests import make

pytestmark = pytest.mark.django_db(databases=["default", "support"])
SMALL = Recipe("small", "Small", Moment.INTAKE_OPEN, streams=TWO_STREAMS, most_applications=50, tag="t-")


def made(moment: Moment, **changes: object) -> Stage:
    """A small demo cohort at the moment."""
    return build(replace(SMALL, moment=moment, **changes), timezone.now())  # type: ignore[arg-type]


@pytest.mark.parametrize("moment", list(Moment))
def test_demo_has_its_moment_now(moment: Moment) -> None:
    cohort = made(moment).cohort
    now, at = timezone.now(), dict(cohort.milestones.values_list("kind", "at"))
    begun = [kind for kind in MilestoneKind if kind in at and at[kind] <= now]
    expected = {
        Moment.INTAKE_OPEN: MilestoneKind.APPLICATIONS_OPEN,
        Moment.SELECTION_UNDERWAY: MilestoneKind.APPLICATIONS_CLOSE,
        Moment.OFFERS_OUT: MilestoneKind.OFFERS_RELEASED,
        Moment.COHORT_RUNNING: MilestoneKind.IN_PERSON_STARTS,
        Moment.COHORT_FINISHED: MilestoneKind.EXTENSION_ENDS,
    }
    assert begun[-1] == expected[moment]
    assert cohort.is_synthetic
    assert not Person.objects.filter(is_synthetic=False).exists()


def test_intake_leaves_ada_two_questions() -> None:
    stage = made(Moment.INTAKE_OPEN)
    ada = Application.objects.get(cohort=stage.cohort, person=stage.cast[ADA])
    assert ada.state == ApplicationState.DRAFT
    sheets = [ada.sheet, *(choice.sheet for choice in ada.choices.all())]
    assert sum(len(missing_required(sheet)) for sheet in sheets if sheet) == 2
    assert Interest.objects.filter(cohort=stage.cohort).exists()
    assert not Application.objects.filter(cohort=stage.cohort, submitted_at__gt=timezone.now()).exists()


def test_selection_leaves_mira_thirty_reviews() -> None:
    stage = made(Moment.SELECTION_UNDERWAY, most_applications=120)
    own = Assignment.objects.standing().of(stage.cast[MIRA])
    assert own.unfinished().count() == 30
    assert own.finished().exists()
    counted = Application.objects.in_cohort(stage.cohort).filter(review_count__gt=0)
    assert counted.exists()
    assert not counted.filter(review_mean=None).exists()
    assert not Offer.objects.exists()


def test_offers_are_what_the_matching_found() -> None:
    stage = made(Moment.OFFERS_OUT)
    first = Offer.objects.filter(stream__cohort=stage.cohort, round__isnull=False)
    found = {offer.application.person.email: offer.stream.name for offer in first}
    assert found == dict(stage.selection.first)
    own = Offer.objects.get(application__person=stage.cast[ADA])
    assert own.state == OfferState.RELEASED
    assert own.expires_at is not None
    assert own.expires_at > timezone.now()


def test_running_cohort_gives_sam_a_plan_to_finish() -> None:
    stage = made(Moment.COHORT_RUNNING)
    sam = Scholar.objects.get(person=stage.cast[SAM])
    assert sam.stream.memberships.filter(person=stage.cast[MIRA]).exists()
    assert ResearchPlan.objects.get(scholar=sam).submission_count == 0
    assert {one.person.email: one.offer.stream.name for one in Scholar.objects.all()} == stage.selection.scholars


def test_finished_cohort_asks_lum() -> None:
    stage = made(Moment.COHORT_FINISHED)
    states = Counter(Scholar.objects.values_list("state", flat=True))
    assert set(states) == {ScholarState.FINISHED}
    assert Outcome.objects.filter(cohort=stage.cohort).exists()
    assert not Outcome.objects.filter(person=stage.cast[LUM]).exists()


def test_intake_has_papers_deeds_and_offers_to_mentor() -> None:
    stage = made(Moment.INTAKE_OPEN)
    ada = Application.objects.get(cohort=stage.cohort, person=stage.cast[ADA])
    assert ada.documents.filter(is_current=True).exists()
    states = set(Reference.objects.filter(application__cohort=stage.cohort).values_list("state", flat=True))
    assert states == {"asked", "answered"}
    assert not Application.objects.filter(cohort=stage.cohort, changed_at__gt=stage.now).exists()
    assert stage.cohort.outreach_actions.exists()
    assert not stage.cohort.outreach_actions.filter(on__gt=timezone.now().date()).exists()
    told = Counter(Candidacy.objects.in_cohort(stage.cohort).values_list("state", flat=True))
    assert told == {"sent": 4, "declined": 2}
    assert Rating.objects.of(stage.cast[INES]).owed().count() == 2
    closes = stage.cohort.milestones.get(kind=MilestoneKind.MENTORS_CLOSE).at
    assert not Candidacy.objects.in_cohort(stage.cohort).filter(sent_at__gt=closes).exists()


def test_sensitive_answers_are_the_staffs_alone_and_go_in_time() -> None:
    stage = made(Moment.COHORT_FINISHED)
    (question,) = Question.objects.filter(version__questionnaire__cohort=stage.cohort, is_sensitive=True)
    assert (question.audience, question.retention) == (Audience.STAFF, Retention.UNSUCCESSFUL)
    assert Answer.objects.filter(question=question).exclude(text="").exists()


def test_selection_leaves_ren_answers_to_mark() -> None:
    stage = made(Moment.SELECTION_UNDERWAY)
    own = Mark.objects.of(stage.cast[REN])
    assert own.given().count() == MARKED
    assert own.owed().exists()


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_whole_summer_has_the_published_figures() -> None:
    stage = build(Recipe("summer-2023", "Summer 2023", Moment.COHORT_FINISHED), timezone.now())
    states = Counter(Application.objects.in_cohort(stage.cohort).values_list("state", flat=True))
    assert states == {"submitted": 429, "draft": 24, "withdrawn": 7}
    assert Interest.objects.filter(cohort=stage.cohort).count() == 381
    offers = Counter(Offer.objects.values_list("state", flat=True))
    assert offers == {"accepted": 60, "declined": 6, "lapsed": 3}
    reached = Counter(Scholar.objects.values_list("offer__application__education", flat=True))
    students = (Education.UNDERGRADUATE, Education.MASTERS_STUDENT, Education.PHD_STUDENT)
    assert sum(reached[one] for one in students) == 18  # 30 % of sixty
    assert reached[Education.PHD] + reached[Education.POSTDOC] == 8
    due = stage.cohort.milestones.get(kind=MilestoneKind.PLANS_DUE).at
    revisions = PlanRevision.objects.filter(number=1)
    assert (revisions.filter(at__lt=due).count(), revisions.filter(at__gte=due).count()) == (56, 3)


def test_same_seed_makes_the_same_cohort() -> None:
    first, again, other = (
        made(Moment.OFFERS_OUT, slug=slug, name=slug, seed=seed)
        for slug, seed in (("one", 7), ("two", 7), ("three", 8))
    )

    def order(stage: Stage) -> list[tuple[str, int, str]]:
        rows = Ranking.objects.filter(stream__cohort=stage.cohort).order_by("stream__name", "rank")
        return list(rows.values_list("stream__name", "rank", "application__external_id"))

    assert order(first) == order(again) != order(other)


def test_removing_leaves_nothing_but_the_journal() -> None:
    made(Moment.COHORT_FINISHED, slug="stays", name="Stays")
    before = rows_by_table()
    stage = made(Moment.COHORT_FINISHED)
    print_snapshot(snapshot=compile_snapshot(cohort=stage.cohort, by=stage.cast[RUI]))
    assert rows_by_table() != before
    remove("small")
    assert rows_by_table() == before


def test_removing_takes_papers_offers_to_mentor_and_marks_along() -> None:
    bring_to_life()
    before = rows_by_table()
    for moment in (Moment.INTAKE_OPEN, Moment.SELECTION_UNDERWAY):
        made(moment)
        remove("small")
        assert rows_by_table() == before


def test_removing_refuses_a_real_cohort() -> None:
    make.make_cohort(slug="real")
    with pytest.raises(NotADemo):
        remove("real")
    with pytest.raises(CommandError, match="no demo cohort"):
        call_command("demo", remove=True, slug="real")


def test_command_does_nothing_beside_a_cohort_if_asked() -> None:
    make.make_cohort()
    call_command("demo", if_empty=True)
    assert Cohort.objects.count() == 1


def test_first_start_that_is_broken_off_leaves_the_portal_empty() -> None:
    def break_off(**_: object) -> None:
        raise KeyboardInterrupt

    post_save.connect(break_off, sender=Stream)
    try:
        with pytest.raises(KeyboardInterrupt):
            call_command("demo", if_empty=True)
    finally:
        post_save.disconnect(break_off, sender=Stream)
    assert not Cohort.objects.exists()


def rows_by_table() -> dict[str, int]:
    """How many rows each model has, but for the journal and what all cohorts share."""
    shared = {"journal.entry", "outreach.channel"}
    return {
        model._meta.label_lower: model._base_manager.count()
        for model in apps.get_models()
        if model._meta.label_lower not in shared and model._meta.managed
    }
