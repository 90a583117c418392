"""Score an application, or step back from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from applications.models import Application
from mats_portal.journal.services import record
from mats_portal.rubrics.services import default_rubric, finish_scores, save_scores, start_sheet
from mats_portal.rubrics.states import Dimension
from mentors.models import Assessment, Assignment, Conflict, Mark
from mentors.selectors.composite import Pile, piles_of
from mentors.selectors.reviewing import counted_assessments, standing_assignments
from mentors.services.assigning import take_up_review
from mentors.states import ConflictKind


@transaction.atomic
def save_assessment(
    *, application: Application, values: Mapping[str, int | None], comment: str, expected_revision: int, by: Any
) -> Assessment:
    """Save a review so far; it may be half done. The first save begins it, and takes up what nobody asked for.

    Raises `NotAReviewer`, and what `rubrics.services.save_scores` raises.
    """
    assessment = _own_assessment(application, by)
    assessment.sheet = save_scores(
        sheet=assessment.sheet, values=values, comment=comment, expected_revision=expected_revision, by=by
    )
    if assessment.sheet.finished_at:
        _changed(assessment, "change review", by)
    return assessment


@transaction.atomic
def finish_assessment(
    *, application: Application, values: Mapping[str, int | None], comment: str, expected_revision: int, by: Any
) -> Assessment:
    """Save a review and say that it is in; from now on the reviewer may see the others'.

    Raises what `save_assessment` raises, and `rubrics.services.ScoresMissing` (then nothing is saved).
    """
    assessment = _own_assessment(application, by)
    was_finished = assessment.sheet.finished_at is not None
    save_scores(sheet=assessment.sheet, values=values, comment=comment, expected_revision=expected_revision, by=by)
    assessment.sheet = finish_scores(sheet=assessment.sheet, by=by)
    _changed(assessment, "change review" if was_finished else "finish review", by)
    return assessment


def _own_assessment(application: Application, by: Any) -> Assessment:
    """The reviewer's assessment, begun if there is none; also after the application was taken back and given again."""
    asked = standing_assignments(by).filter(application=application)
    assignment = asked.select_for_update(of=("self",)).first() or take_up_review(application=application, by=by)
    found = Assessment.objects.select_related("sheet").filter(application=application, reviewer=by).first()
    if found is None:
        sheet = start_sheet(version=default_rubric(cohort=application.cohort, by=by), by=by)
        return Assessment.objects.create(assignment=assignment, sheet=sheet, application=application, reviewer=by)
    if found.assignment_id != assignment.pk:
        found.assignment = assignment
        found.save(update_fields=["assignment"])
    return found


def _changed(assessment: Assessment, verb: str, by: Any) -> None:
    application = assessment.application
    count_reviews(application)
    record(by=by, verb=verb, subject=application, cohort=application.cohort)


def count_reviews(application: Application) -> None:
    """Keep true how many people scored the application, and its ability composite; the applicant's dates stay."""
    Application.objects.select_for_update().get(pk=application.pk)
    counted = counted_assessments().filter(application=application)
    pile = piles_of(counted, Mark.objects.given().filter(application=application)).get(application.pk, Pile())
    Application.objects.filter(pk=application.pk).update(
        review_count=len(pile.scorers), review_mean=pile.mean(Dimension.ABILITY)
    )


@transaction.atomic
def declare_conflict(*, application: Application, person: Any, kind: ConflictKind, by: Any) -> Conflict:
    """Note a tie: the application vanishes for the person everywhere, and a review of theirs no longer counts."""
    conflict, is_new = Conflict.objects.get_or_create(
        person=person, application=application, defaults={"kind": kind, "declared_by": by}
    )
    if is_new:
        Assignment.objects.filter(application=application, reviewer=person, removed_at=None).update(removed_at=Now())
        count_reviews(application)
        record(
            by=by,
            verb="declare conflict of interest",
            subject=application,
            cohort=application.cohort,
            facts={"person": person.code, "kind": str(kind)},
        )
    return conflict


@transaction.atomic
def lift_conflict(*, conflict: Conflict, by: Any) -> None:
    """Staff take a declared tie back (a wrong click); the application has to be assigned again."""
    application, person = conflict.application, conflict.person
    Conflict.objects.filter(pk=conflict.pk).delete()
    count_reviews(application)
    record(
        by=by,
        verb="lift conflict of interest",
        subject=application,
        cohort=application.cohort,
        facts={"person": person.code, "kind": conflict.kind},
    )
