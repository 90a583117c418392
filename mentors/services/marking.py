"""Give a question out to markers, mark an answer, take a question back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from applications.models import Application
from mats_portal.cohorts.models import Cohort
from mats_portal.journal.services import record
from mats_portal.rubrics.models import HIGHEST, LOWEST, Criterion
from mats_portal.rubrics.services import NotAScore
from mentors.errors import AlreadyMarking, NobodyAnswered, NotAMarker
from mentors.models import Mark, Marking
from mentors.selectors.marking import MarkableQuestion, applications_to_mark
from mentors.services.reviewing import count_reviews


@transaction.atomic
def assign_question(
    *, cohort: Cohort, question: MarkableQuestion, criterion: Criterion, markers: Sequence[Any], by: Any
) -> list[Marking]:
    """Each marker gets every answer to the question that they may read, to mark against the criterion.

    Raises `AlreadyMarking`, `NobodyAnswered`; then nobody gets anything.
    """
    made = []
    for marker in markers:
        marking = Marking(
            cohort=cohort,
            stream=question.stream,
            question_key=question.key,
            wording=question.wording,
            criterion=criterion,
            marker=marker,
            assigned_by=by,
        )
        try:
            with transaction.atomic():
                marking.save()
        except IntegrityError as error:
            raise AlreadyMarking(marker) from error
        if not add_new_answers(marking=marking):
            raise NobodyAnswered
        facts = {"marker": marker.code, "question": question.value, "criterion": criterion.key}
        record(by=by, verb="assign question", subject=marking, cohort=cohort, facts=facts)
        made.append(marking)
    return made


@transaction.atomic
def add_new_answers(*, marking: Marking) -> int:
    """Put answers that came since into the marking's queue; returns how many."""
    answered = applications_to_mark(marking.cohort, marking.question_key, marking.stream, marking.marker)
    new = answered.exclude(pk__in=marking.marks.values("application")).values_list("pk", flat=True)
    made = Mark.objects.bulk_create(
        [Mark(marking=marking, application_id=key) for key in new], ignore_conflicts=True, batch_size=1000
    )
    return len(made)


@transaction.atomic
def give_mark(*, marking: Marking, application: Application, value: int | None, by: Any) -> Mark:
    """Mark one answer from 1 to 5, or change the mark; it counts for the criterion at once.

    Raises `NotAScore`, and `NotAMarker` for an answer that is not, or no longer, the person's to mark.
    """
    if value is None or not LOWEST <= value <= HIGHEST:
        raise NotAScore
    own = Mark.objects.of(by).standing().filter(marking=marking, application=application, marking__removed_at=None)
    keys = list(own.select_for_update(of=("self",)).values_list("pk", flat=True))
    if Mark.objects.filter(pk__in=keys).update(value=value, given_at=Now()) != 1:
        raise NotAMarker
    count_reviews(application)
    record(by=by, verb="mark answer", subject=application, cohort=marking.cohort)
    return Mark.objects.get(pk=keys[0])


@transaction.atomic
def take_back_marking(*, marking: Marking, by: Any) -> None:
    """Take the question back from its marker; marks that were given stay and count."""
    if Marking.objects.filter(pk=marking.pk, removed_at=None).update(removed_at=Now()):
        facts = {"marker": marking.marker.code, "question": marking.question_key}
        record(by=by, verb="take back question", subject=marking, cohort=marking.cohort, facts=facts)
