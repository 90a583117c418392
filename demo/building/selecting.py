"""Assign reviewers, let them score, and let the streams rank."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Avg, Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from applications.models import Application
from demo.building import marking
from demo.building.stage import Stage
from demo.moments import CLOSING, Moment
from demo.people import MIRA, RUI
from demo.recipes import MIRAS_STREAM
from demo.simulation.reviews import Review, simulate_reviews
from demo.simulation.shapes import dice
from mats_portal.cohorts.models import Membership
from mats_portal.cohorts.states import CohortRole, MilestoneKind
from mats_portal.people.models import Person
from mats_portal.rubrics.models import RubricVersion, Score, ScoreSheet
from mats_portal.rubrics.selectors import criteria_of, weighted_mean
from mats_portal.rubrics.services import default_rubric
from mats_portal.rubrics.states import Dimension
from mentors.models import Assessment, Assignment
from mentors.selectors import assignment_plan
from mentors.selectors.reviewing import counted_assessments
from mentors.services import apply_assignment_plan, declare_conflict, finish_ranking, rank_applications
from mentors.states import ConflictKind

READERS = 3
CHUNK = 1000
MIRA_HAS_LEFT = 30
PROGRESS = 0.78
RANKED_SHARE = 0.3  # of the streams, while selection is under way
CONFLICTS = 4


def select(stage: Stage) -> None:
    """Everything up to the rankings, as far as the moment has come."""
    rui = stage.cast[RUI]
    plan = assignment_plan(stage.cohort, readers=READERS, cap=None)
    apply_assignment_plan(cohort=stage.cohort, readers=READERS, cap=None, digest=plan.digest, by=rui)
    _review(stage)
    _declare_conflicts(stage)
    _rank(stage)
    if not stage.has_come(Moment.OFFERS_OUT):
        marking.mark(stage)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What an assignment says, without the application's text."""

    pk: int
    application: int
    reviewer: int


def _review(stage: Stage) -> None:
    """All scores, or most of them while selection is under way."""
    is_over = stage.has_come(Moment.OFFERS_OUT)
    rows = Assignment.objects.in_cohort(stage.cohort).values_list(
        "application__person__email", "reviewer__email", "pk", "application_id", "reviewer_id"
    )
    by_pair = {(applicant, reviewer): _Asked(*keys) for applicant, reviewer, *keys in rows}
    version = default_rubric(cohort=stage.cohort, by=stage.cast[RUI])
    reviews = simulate_reviews(
        stage.recipe.seed,
        sorted(by_pair),
        stage.selection.quality,
        [criterion.key for criterion in criteria_of(version)],
        progress=1.0 if is_over else PROGRESS,
        waiting={} if is_over else {MIRA.email: MIRA_HAS_LEFT},
    )
    from_, until = _time_of_reviewing(stage)
    chance = dice(stage.recipe.seed, "times of reviews")
    moments = sorted(from_ + (until - from_) * chance.random() for _ in reviews)
    dated = iter(zip(reviews, moments, strict=True))
    while chunk := list(islice(dated, CHUNK)):
        _insert(version, [(by_pair[(one.application, one.reviewer)], one, at) for one, at in chunk])
    count_all_reviews(Application.objects.in_cohort(stage.cohort))


def _time_of_reviewing(stage: Stage) -> tuple[datetime, datetime]:
    instants = stage.calendar.instants()
    opened = stage.calendar.start_of(CLOSING[MilestoneKind.APPLICATIONS_CLOSE], hour=9) + timedelta(days=1)
    return opened, min(stage.now, instants[MilestoneKind.REVIEWS_DUE])


@transaction.atomic
def _insert(version: RubricVersion, rows: Sequence[tuple[_Asked, Review, datetime]]) -> None:
    """Score sheets, scores and assessments, as the services would have written them one by one."""
    by_key = {criterion.key: criterion for criterion in criteria_of(version)}
    sheets, scores, assessments = [], [], []
    for asked, review, at in rows:
        scored = [(by_key[key], value) for key, value in review.scores.items()]
        sheet = ScoreSheet(
            version=version,
            scorer_id=asked.reviewer,
            comment=review.comment,
            revision=1,
            saved_at=at,
            finished_at=at if review.is_finished else None,
            ability=weighted_mean(scored, Dimension.ABILITY),
            motivation=weighted_mean(scored, Dimension.MOTIVATION),
        )
        sheets.append(sheet)
        scores += [Score(sheet=sheet, criterion=criterion, value=value) for criterion, value in scored]
        assessments.append(
            Assessment(
                assignment_id=asked.pk, sheet=sheet, application_id=asked.application, reviewer_id=asked.reviewer
            )
        )
    ScoreSheet.objects.bulk_create(sheets)
    Score.objects.bulk_create(scores)
    Assessment.objects.bulk_create(assessments)


def count_all_reviews(applications: Any) -> None:
    """The stored count and mean of many applications at once; for one, `mentors.services.reviewing.count_reviews`."""
    counted = counted_assessments().filter(application=OuterRef("pk")).order_by().values("application")
    applications.update(
        review_count=Coalesce(Subquery(counted.annotate(n=Count("pk")).values("n")), 0),
        review_mean=Subquery(counted.annotate(mean=Avg("sheet__ability")).values("mean")),
    )


def _declare_conflicts(stage: Stage) -> None:
    """A few reviewers know an applicant."""
    reviewers = Membership.objects.open().in_cohort(stage.cohort).in_role(CohortRole.REVIEWER).values("person")
    known = Assignment.objects.standing().in_cohort(stage.cohort).filter(reviewer__in=reviewers)
    known = known.unfinished().order_by("pk").select_related("application", "reviewer")
    for assignment, kind in zip(known[:CONFLICTS], (ConflictKind.COLLEAGUE, ConflictKind.FRIEND) * 2, strict=False):
        declare_conflict(
            application=assignment.application, person=assignment.reviewer, kind=kind, by=assignment.reviewer
        )


def _rank(stage: Stage) -> None:
    """Each stream's order, saved by its mentor; while selection is under way, that of a few streams only."""
    names = sorted(stage.selection.rankings)
    if not stage.has_come(Moment.OFFERS_OUT):
        names = _quickest(stage, names)
    for name in names:
        ordered = stage.selection.rankings[name]
        stream, mentor = stage.streams[name], lead_of(stage, name)
        if ordered:
            rank_applications(
                stream=stream,
                ordered=[stage.applications[key].code for key in ordered],
                would_take=stage.selection.bar[name],
                expected_revision=0,
                by=mentor,
            )
            finish_ranking(stream=stream, by=mentor)


def _quickest(stage: Stage, names: Sequence[str]) -> list[str]:
    """The streams that have ranked already: those that compete with others first, so that there is something to see."""
    wanted = Counter(key for name in names for key in stage.selection.rankings[name][: stage.selection.bar[name]])
    contested = {
        name: sum(wanted[key] > 1 for key in stage.selection.rankings[name][: stage.selection.bar[name]])
        for name in names
        if name != MIRAS_STREAM
    }
    return sorted(contested, key=lambda name: (-contested[name], name))[: round(len(names) * RANKED_SHARE)]


def lead_of(stage: Stage, name: str) -> Person:
    """The mentor of a stream (the first, where there are two)."""
    members: Iterable[Membership] = (
        Membership.objects.open()
        .in_role(CohortRole.MENTOR)
        .filter(stream=stage.streams[name])
        .order_by("since", "pk")
        .select_related("person")
    )
    return next(iter(members)).person
