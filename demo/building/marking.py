"""One question, read side by side by two markers who are not through with it."""

from __future__ import annotations

from datetime import timedelta
from itertools import islice

from demo.building.stage import Stage
from demo.people import REN, RUI
from demo.simulation.shapes import dice
from mats_portal.cohorts.models import Membership
from mats_portal.cohorts.states import CohortRole
from mats_portal.people.models import Person
from mats_portal.rubrics.models import HIGHEST, LOWEST, Criterion
from mats_portal.rubrics.services import default_rubric
from mats_portal.rubrics.states import Dimension
from mentors.models import Mark, Marking
from mentors.selectors.marking import markable_questions
from mentors.services.marking import assign_question, give_mark

QUESTION = "motivation"
MARKED = 12  # answers by each marker
SPREAD = 0.8


def mark(stage: Stage) -> None:
    """Ren, where he has a part, and another reviewer mark why people want to do this work."""
    question = next(one for one in markable_questions(stage.cohort) if one.stream is None and one.key == QUESTION)
    version = default_rubric(cohort=stage.cohort, by=stage.cast[RUI])
    criterion = Criterion.objects.filter(version=version, dimension=Dimension.MOTIVATION).order_by("pk").first()
    if criterion is None:
        return
    markings = assign_question(
        cohort=stage.cohort, question=question, criterion=criterion, markers=_markers(stage), by=stage.cast[RUI]
    )
    for marking in markings:
        _give(stage, marking)
    Marking.objects.filter(cohort=stage.cohort).update(assigned_at=stage.now - timedelta(days=2))


def _markers(stage: Stage) -> list[Person]:
    held = Membership.objects.open().in_cohort(stage.cohort).in_role(CohortRole.REVIEWER).select_related("person")
    people = [one.person for one in held.order_by("pk")]
    return sorted(people, key=lambda person: person.email != REN.email)[:2]


def _give(stage: Stage, marking: Marking) -> None:
    read = marking.marks.filter(application__review_count__gt=0)  # so that ability, too, is known of them
    owed = read.select_related("application__person").order_by("pk")
    chance = dice(stage.recipe.seed, f"marks of {marking.marker.email}")
    for one in islice(owed, MARKED):
        quality = stage.selection.quality.get(one.application.person.email, 0.0)
        value = min(max(round(3 + SPREAD * quality + chance.gauss(0, 0.4)), LOWEST), HIGHEST)
        given = give_mark(marking=marking, application=one.application, value=value, by=marking.marker)
        Mark.objects.filter(pk=given.pk).update(given_at=stage.now - timedelta(hours=20))
