"""Whom an applicant under the motivation floor displaces in a round: the next eligible who would have a seat."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from applications.models import Application
from mats_portal.cohorts.models import Stream
from mentors.market import matching_of, without
from mentors.models import SelectionRound
from mentors.selectors.floor import current_floor
from mentors.selectors.reviewing import conflicted_applications
from mentors.selectors.scores import score_summaries


@dataclass(frozen=True, slots=True)
class Displaced:
    """Somebody under the floor with a seat, and who would have one without them, if anybody."""

    application: Application
    motivation: Decimal
    other: Application | None
    stream: Stream | None


def displaced_in(made: SelectionRound, person: Any) -> list[Displaced]:
    """For each applicant under the floor with a seat in the round: the round run again without them.

    By the scores that the person may see. Nobody under the floor counts as displaced.
    """
    floor = current_floor(made.cohort)
    if floor is None:
        return []
    named = {code for order in made.inputs["rankings"].values() for code in order} | set(made.result["pairs"])
    visible = Application.objects.filter(cohort=made.cohort, code__in=named)
    visible = visible.exclude(pk__in=conflicted_applications(person))
    scores = score_summaries(person, visible)
    people = {one.code: one for one in visible.select_related("person", "cohort").defer("search")}
    under = {
        code: motivation
        for code, one in people.items()
        if one.pk in scores and (motivation := scores[one.pk].motivation) is not None and motivation < floor
    }
    pairs = made.result["pairs"]
    unplaced, picked = {code for code in under if code not in pairs}, [code for code in under if code in pairs]
    streams = {stream.code: stream for stream in Stream.objects.filter(cohort=made.cohort)} if picked else {}
    found = []
    for code in picked:
        again = matching_of(without(made.inputs, unplaced | {code})).pairs
        other = next((one for one in again if one not in pairs and one in people), None)
        stream = streams.get(again[other]) if other else None
        found.append(Displaced(people[code], Decimal(under[code]), people.get(other or ""), stream))
    return sorted(found, key=lambda one: (one.motivation, one.application.person.name))
