"""Scholars at work: switches, plans with their comments, support."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.core.management import call_command
from django.db.models import F

from demo.building.plans import write_plans
from demo.building.stage import Stage
from demo.moments import OPENING, Moment
from demo.people import LUM, RUI, SAM, SOL
from demo.recipes import MIRAS_STREAM
from demo.simulation.programme import simulate_support, simulate_switches
from mats_portal.cohorts.models import Membership, Stream
from mats_portal.cohorts.states import CohortRole, MilestoneKind
from scholars.models import Scholar
from scholars.services import switch_stream
from scholars.services.enrolling import Move
from scholars.states import SwitchReason

REASONS = (SwitchReason.INTERESTS, SwitchReason.PROJECT, SwitchReason.AVAILABILITY, SwitchReason.INTERESTS)


def run(stage: Stage) -> None:
    """Everything since the in-person phase began."""
    enrolled = Scholar.objects.in_cohort(stage.cohort).select_related("offer", "person", "stream")
    for scholar in enrolled:
        scholar.enrolled_at = scholar.offer.answered_at or stage.now
        held = Membership.objects.in_cohort(stage.cohort).filter(person=scholar.person, role=CohortRole.SCHOLAR)
        held.update(since=scholar.enrolled_at)
    Scholar.objects.bulk_update(enrolled, ["enrolled_at"])
    scholars = {scholar.person.email: scholar for scholar in enrolled}
    _switch(stage, scholars)
    write_plans(stage, scholars)
    _support(stage, scholars)


def main_parts(scholars: Mapping[str, str]) -> list[str]:
    """The scholars whose places demo people take: those of Mira's stream first."""
    return sorted(scholars, key=lambda key: (scholars[key] != MIRAS_STREAM, key))


def started_at(stage: Stage) -> datetime:
    """The first morning of the in-person phase."""
    return stage.calendar.start_of(OPENING[MilestoneKind.IN_PERSON_STARTS], hour=9)


def _switch(stage: Stage, scholars: Mapping[str, Scholar]) -> None:
    """A few change streams; one mentor takes one more, so that there is a seat to go to."""
    roomy = sorted(stage.streams)[-1]
    Stream.objects.filter(pk=stage.streams[roomy].pk).update(seats=F("seats") + 1)
    streams = {stream.name: stream for stream in stage.cohort.streams.all()}
    free = {name: stream.seats - stream.seats_taken for name, stream in streams.items()}
    places = {key: one.stream.name for key, one in scholars.items() if key not in (SAM.email, LUM.email)}
    for one, reason in zip(simulate_switches(stage.recipe.seed, places, free), REASONS, strict=False):
        at = started_at(stage) + timedelta(days=one.day)
        if at < stage.now:
            move = Move(target=streams[one.to_stream], reason=reason, note=one.reason)
            switch_stream(scholar=scholars[one.scholar], move=move, by=stage.cast[RUI])
            scholars[one.scholar].switches.update(at=at)
            own = Membership.objects.in_cohort(stage.cohort).filter(person=scholars[one.scholar].person)
            own.filter(until__isnull=False).update(until=at)
            own.open().update(since=at)


def _support(stage: Stage, scholars: Mapping[str, Scholar]) -> None:
    """Requests and notes, written by a command of the support app: nothing else may import it."""
    if SOL not in stage.recipe.cast:
        return
    start = started_at(stage)
    days = min((stage.now - start).days, (stage.calendar.instants()[MilestoneKind.IN_PERSON_ENDS] - start).days)
    sessions = [
        {
            "scholar": scholars[one.scholar].person.code,
            "kind": one.kind,
            "at": (start + timedelta(days=one.day, hours=number % 8)).isoformat(),
            "text": one.text,
            "note": one.note,
        }
        for number, one in enumerate(simulate_support(stage.recipe.seed, sorted(scholars), days))
    ]
    still_open = 0 if stage.has_come(Moment.COHORT_FINISHED) else 4
    call_command(
        "demo_support",
        stage.cohort.slug,
        sessions=json.dumps(sessions),
        by=stage.cast[SOL].code,
        still_open=still_open,
    )
