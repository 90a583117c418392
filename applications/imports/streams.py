"""A row of a file of streams."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from applications.imports import cells
from applications.imports.mapping import Target
from mats_portal.questionnaires.states import QuestionKind
from mats_portal.web.text import clean_line, clean_text

TARGETS = (
    Target("name", "Stream", True, ("name", "stream name")),
    Target("mentors", "Mentors", True, ("mentors name email", "mentor")),
    Target("track", "Track"),
    Target("agenda", "Agenda", guesses=("research agenda",)),
    Target("seats", "Seats", True, ("places", "capacity")),
    Target("viewpoint", "Viewpoint"),
    Target("questions", "Questions", guesses=("questions one per line",)),
)
_TAGS = re.compile(r"(.*?)\s*\[([^\[\]]*)\]\s*")
_LIMIT = re.compile(r"max\.? ([0-9]{1,6}) words")
MAX_SEATS = 500


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question of a stream as a file writes it: `wording [long, required, shared, max 600 words]`."""

    wording: str
    kind: QuestionKind
    is_required: bool
    max_words: int
    is_shared: bool = False


@dataclass(frozen=True, slots=True)
class StreamRow:
    """A stream with its mentors and questions."""

    line: int
    name: str
    mentors: tuple[tuple[str, str], ...]
    track: str
    agenda: str
    seats: int
    viewpoint: str
    questions: tuple[AskedQuestion, ...]


def parse(line: int, row: Mapping[str, str]) -> StreamRow:
    """The stream that a row describes; raises `cells.RowError`."""
    seats = clean_line(row["seats"])
    if not (seats.isascii() and seats.isdigit() and int(seats[:5]) <= MAX_SEATS):
        raise cells.RowError(f"“{seats[:20]}” is not a number of seats (0 to {MAX_SEATS}).")
    return StreamRow(
        line=line,
        name=cells.line(row["name"], "stream's name", limit=120),
        mentors=tuple(cells.named_addresses(row["mentors"])),
        track=cells.line(row.get("track", ""), "track", limit=100, is_required=False),
        agenda=cells.line(row.get("agenda", ""), "agenda", limit=120, is_required=False),
        seats=int(seats),
        viewpoint=cells.line(row.get("viewpoint", ""), "viewpoint", limit=60, is_required=False),
        questions=tuple(_questions(row.get("questions", ""))),
    )


def _questions(cell: str) -> list[AskedQuestion]:
    return [_question(clean_line(text)) for text in clean_text(cell).split("\n") if text.strip()]


def _question(text: str) -> AskedQuestion:
    match = _TAGS.fullmatch(text)
    wording, tags = (match[1], match[2].casefold()) if match else (text, "long")
    if not wording:
        raise cells.RowError("A question has no wording.")
    words = [word.strip() for word in tags.split(",")]
    kinds = [word for word in words if word in QuestionKind.values]
    limit = _LIMIT.search(tags)
    return AskedQuestion(
        wording=wording,
        kind=QuestionKind(kinds[0]) if kinds else QuestionKind.LONG,
        is_required="optional" not in words,
        max_words=int(limit[1]) if limit else 0,
        is_shared="shared" in words,
    )
