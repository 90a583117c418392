"""Carry over to a new cohort what an earlier one had: streams here, forms and rubric furnished by their apps."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.services.streams import add_stream, add_track
from mats_portal.journal.services import record
from mats_portal.web.errors import Refusal
from mats_portal.web.furnishing import furnishings
from mats_portal.web.text import counted


class NothingChosen(Refusal):
    """Nothing is chosen. Tick what the new cohort shall have, or go back and leave it as it is."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to carry over: what it is, and what copying it would do. Lines with one code are one thing."""

    code: str
    label: str
    note: str


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """What an app carries over: `lines(source, target)`, and `copy(source=, target=, codes=, by=)` for those chosen."""

    lines: Callable[[Cohort, Cohort], list[Line]]
    copy: Callable[..., None]


def stream_code(name: str) -> str:
    """The code of a stream's line, by its name, which both cohorts have in common."""
    return f"stream:{name}"


def lines_between(source: Cohort, target: Cohort) -> list[Line]:
    """Everything that can be carried over, each thing once, with all that is to be said of it."""
    found: dict[str, Line] = {}
    for carried in furnishings("carried_over"):
        for line in carried.lines(source, target):
            known = found.get(line.code)
            found[line.code] = replace(known, note=f"{known.note} · {line.note}") if known else line
    return list(found.values())


@transaction.atomic
def carry_over(*, source: Cohort, target: Cohort, codes: Collection[str], by: Any) -> None:
    """Copy what is chosen: all of it or, when something refuses, nothing. Raises `NothingChosen`."""
    known = {line.code for line in lines_between(source, target)}
    chosen = [code for code in dict.fromkeys(codes) if code in known]
    if not chosen:
        raise NothingChosen
    Cohort.objects.select_for_update(no_key=True).get(pk=target.pk)
    for carried in furnishings("carried_over"):
        carried.copy(source=source, target=target, codes=chosen, by=by)
    facts = {"from": source.name, "parts": len(chosen)}
    record(by=by, verb="carry over", subject=target, cohort=target, facts=facts)


def _lines(source: Cohort, target: Cohort) -> list[Line]:
    there = set(target.streams.values_list("name", flat=True))
    return [
        Line(
            stream_code(stream.name),
            stream.name,
            "this stream is there already"
            if stream.name in there
            else f"a new stream with {counted(stream.seats, 'seat', 'seats')}, without its mentors",
        )
        for stream in source.streams.order_by("name")
    ]


def _copy(*, source: Cohort, target: Cohort, codes: Sequence[str], by: Any) -> None:
    there = set(target.streams.values_list("name", flat=True))
    for stream in source.streams.select_related("track").order_by("pk"):
        if stream_code(stream.name) not in codes or stream.name in there:
            continue
        track = add_track(cohort=target, name=stream.track.name, by=by) if stream.track else None
        add_stream(
            cohort=target,
            name=stream.name,
            by=by,
            seats=stream.seats,
            track=track,
            agenda=stream.agenda,
            viewpoint=stream.viewpoint,
            description=stream.description,
        )


STREAMS = CarriedOver(_lines, _copy)
