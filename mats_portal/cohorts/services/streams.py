"""Streams and their seats."""

from __future__ import annotations

from django.db import transaction

from mats_portal.cohorts.models import Cohort, Stream, Track
from mats_portal.journal.services import record
from mats_portal.people.models import Person
from mats_portal.web.errors import Refusal

HUES = 12


class StreamNameTaken(Refusal):
    """There is a stream of this name in the cohort already. Choose another name."""


class SeatsTaken(Refusal):
    """More seats are taken than this stream would have. Give it at least as many."""


@transaction.atomic
def add_track(*, cohort: Cohort, name: str, by: Person) -> Track:
    """A group of streams; the one there is, if there is one of that name."""
    track, is_new = Track.objects.get_or_create(cohort=cohort, name=name)
    if is_new:
        record(by=by, verb="add track", subject=cohort, cohort=cohort, facts={"name": name})
    return track


@transaction.atomic
def add_stream(
    *,
    cohort: Cohort,
    name: str,
    by: Person,
    seats: int = 4,
    track: Track | None = None,
    agenda: str = "",
    viewpoint: str = "",
    description: str = "",
) -> Stream:
    """A stream with its own hue on screen. Raises StreamNameTaken."""
    Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)  # Hues are given one after the other.
    if Stream.objects.filter(cohort=cohort, name=name).exists():
        raise StreamNameTaken()
    stream = Stream.objects.create(
        cohort=cohort,
        name=name,
        track=track,
        agenda=agenda,
        viewpoint=viewpoint,
        description=description,
        seats=seats,
        hue=Stream.objects.filter(cohort=cohort).count() % HUES,
    )
    record(by=by, verb="add stream", subject=stream, cohort=cohort, facts={"name": name, "seats": seats})
    return stream


@transaction.atomic
def change_stream(
    *,
    stream: Stream,
    name: str,
    by: Person,
    seats: int,
    track: Track | None = None,
    agenda: str = "",
    viewpoint: str = "",
    description: str = "",
) -> Stream:
    """Keep new values; never fewer seats than are taken. Raises StreamNameTaken, SeatsTaken."""
    if Stream.objects.filter(cohort=stream.cohort, name=name).exclude(pk=stream.pk).exists():
        raise StreamNameTaken()
    values = {"name": name, "seats": seats, "track": track, "agenda": agenda, "viewpoint": viewpoint}
    # The condition is judged in the statement that writes: a seat may be taken at the same moment.
    roomy = Stream.objects.filter(pk=stream.pk, seats_taken__lte=seats)
    if not roomy.update(**values, description=description):
        stream.refresh_from_db(fields=["seats_taken"])
        raise SeatsTaken(f"{stream.seats_taken} seats of {stream} are taken. Give it at least as many.")
    facts = {"name": name, "seats": [stream.seats, seats]}
    stream.refresh_from_db()
    record(by=by, verb="change stream", subject=stream, cohort=stream.cohort, facts=facts)
    return stream
