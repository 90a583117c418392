"""The portfolio of a cohort: how its seats and its demand spread over tracks, agendas and viewpoints."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from applications.models import Preference
from applications.states import ApplicationState
from mats_portal.cohorts.models import Cohort, Membership, Stream
from mats_portal.cohorts.states import CohortRole

NO_TRACK, NO_AGENDA, NO_VIEWPOINT = "No track", "No agenda named", "No viewpoint named"


@dataclass(frozen=True, slots=True)
class Line:
    """One agenda, track or viewpoint.

    applicants: people who chose at least one of its streams; firsts: those who chose one as their first.
    committed: streams with a mentor who has signed up.
    """

    name: str
    track: str
    streams: int
    committed: int
    seats: int
    taken: int
    applicants: int
    firsts: int

    @property
    def per_seat(self) -> float | None:
        """Applicants for each seat; None without seats."""
        return round(self.applicants / self.seats, 1) if self.seats else None


@dataclass(frozen=True, slots=True)
class Portfolio:
    """The lines by agenda (within its track), by track and by viewpoint, most seats first; and the whole."""

    agendas: list[Line]
    tracks: list[Line]
    viewpoints: list[Line]
    total: Line

    @property
    def effective_agendas(self) -> float:
        """As how many agendas of equal size the seats are spread: 1 / Σ p² (the inverse Simpson index); 0 without."""
        squares = sum((line.seats / self.total.seats) ** 2 for line in self.agendas) if self.total.seats else 0
        return round(1 / squares, 1) if squares else 0.0

    @property
    def evenness(self) -> str:
        """The same in words, beside the figure."""
        return f"as even as {self.effective_agendas:g} agendas of equal size"


def portfolio_of(cohort: Cohort) -> Portfolio:
    """All of it in three statements, whatever the number of streams and applicants."""
    mentored = Membership.objects.open().in_role(CohortRole.MENTOR).filter(stream=OuterRef("pk"))
    found: Any = Stream.objects.filter(cohort=cohort).select_related("track").annotate(is_committed=Exists(mentored))
    streams = list(found)
    chosen = Preference.objects.filter(application__cohort=cohort, application__state=ApplicationState.SUBMITTED)
    pairs = list(chosen.values_list("stream_id", "application_id", "rank"))
    choices: dict[int, list[tuple[int, int]]] = {}
    for stream, application, rank in pairs:
        choices.setdefault(stream, []).append((application, rank))
    return Portfolio(
        agendas=_lines(streams, choices, lambda one: (one.agenda or NO_AGENDA, _track(one))),
        tracks=_lines(streams, choices, lambda one: (_track(one), "")),
        viewpoints=_lines(streams, choices, lambda one: (one.viewpoint or NO_VIEWPOINT, "")),
        total=_line(("All streams", ""), streams, choices),
    )


def _track(stream: Stream) -> str:
    return stream.track.name if stream.track else NO_TRACK


def _lines(
    streams: Iterable[Any], choices: dict[int, list[tuple[int, int]]], key: Callable[[Stream], tuple[str, str]]
) -> list[Line]:
    groups: dict[tuple[str, str], list[Any]] = {}
    for stream in streams:
        groups.setdefault(key(stream), []).append(stream)
    lines = [_line(name, several, choices) for name, several in groups.items()]
    return sorted(lines, key=lambda line: (-line.seats, line.name, line.track))


def _line(name: tuple[str, str], streams: list[Any], choices: dict[int, list[tuple[int, int]]]) -> Line:
    made = [choice for stream in streams for choice in choices.get(stream.pk, [])]
    return Line(
        name=name[0],
        track=name[1],
        streams=len(streams),
        committed=sum(stream.is_committed for stream in streams),
        seats=sum(stream.seats for stream in streams),
        taken=sum(stream.seats_taken for stream in streams),
        applicants=len({application for application, _ in made}),
        firsts=len({application for application, rank in made if rank == 1}),
    )
