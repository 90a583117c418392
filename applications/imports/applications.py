"""A row of a file of applications."""

from __future__ import annotations

import hashlib
import json
import re
import zoneinfo
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from applications.imports import cells
from applications.imports.mapping import Target
from applications.states import ApplicationState
from mats_portal.questionnaires.states import ONE_CHOICE, QuestionKind
from mats_portal.web.text import clean_line, clean_text

FIXED = (
    Target("external_id", "Record ID", True, ("id", "record")),
    Target("created", "Created", True, ("submitted at", "created at", "timestamp")),
    Target("name", "Name", True, ("full name",)),
    Target("email", "Email address", True, ("email", "e mail", "e mail address")),
    Target("time_zone", "Time zone", guesses=("timezone",)),
    Target("streams", "Streams, best first", True, ("streams", "stream preferences")),
    Target("status", "Status", True, ("state",)),
)
# What other tools call the default questions, by the question's key.
OTHER_NAMES = {
    "education": ("highest education status", "education"),
    "years": ("years of experience",),
    "evidence": ("evidence",),
    "otherwise": ("what would you do this summer otherwise select all", "counterfactual"),
    "already": ("already working in ai ml",),
    "hours": ("availability hours per week", "hours per week"),
    "channels": ("how did you hear about us select all that apply",),
}
STATES = {
    "submitted": ApplicationState.SUBMITTED,
    "draft": ApplicationState.DRAFT,
    "withdrawn": ApplicationState.WITHDRAWN,
}
UNKNOWN_WORDS = frozenset({"n/a", "na", "none", "-", "–", "unknown"})
LONGEST_ANSWER = 50_000
_STREAM_COLUMN = re.compile(r"(.+?)\s*[–—:-]\s*Q([0-9]{1,2})")


@dataclass(frozen=True, slots=True)
class KnownQuestion:
    """What the parser needs to know of a question."""

    key: str
    kind: str
    wording: str
    options: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownForm:
    """The questions that columns can answer: the general ones, and each stream's in order by the stream's name."""

    general: tuple[KnownQuestion, ...]
    streams: Mapping[str, tuple[KnownQuestion, ...]]


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    """An application. Answers by key; a stream's answers by the stream's name. digest: of all of it."""

    line: int
    external_id: str
    created: datetime
    name: str
    email: str
    time_zone: str
    state: ApplicationState
    streams: tuple[str, ...]
    general: Mapping[str, str | list[str]]
    stream_answers: Mapping[str, Mapping[str, str | list[str]]]
    digest: str


def targets(form: KnownForm) -> list[Target]:
    """Everything that a column can be: the fixed things, and one for each question."""
    found = list(FIXED)
    for question in form.general:
        guesses = OTHER_NAMES.get(question.key, ())
        found.append(Target(f"general/{question.key}", question.wording, guesses=guesses))
    for stream, questions in form.streams.items():
        for number, question in enumerate(questions, 1):
            found.append(Target(f"stream/{stream}/{question.key}", f"{stream} – Q{number}"))
    return found


def looks_like_stream_column(header: str) -> tuple[str, int] | None:
    """The stream's name and the question's number, when a header reads "<Stream> – Q2"."""
    match = _STREAM_COLUMN.fullmatch(header)
    return (match[1], int(match[2])) if match else None


def parse(line: int, row: Mapping[str, str], *, form: KnownForm, zone: zoneinfo.ZoneInfo) -> ApplicationRow:
    """The application that a row holds; raises `cells.RowError`. Word limits are not asked: it was taken elsewhere."""
    status = clean_line(row["status"]).casefold()
    if status not in STATES:
        raise cells.RowError(f"“{status[:40]}” is not a status (submitted, draft or withdrawn).")
    parsed = {
        "external_id": cells.line(row["external_id"], "record ID", limit=100),
        "name": cells.line(row["name"], "name"),
        "email": cells.email(row["email"]),
        "time_zone": time_zone(row.get("time_zone", "")),
        "streams": _streams(row["streams"], form.streams),
        "general": _answers(row, "general/", form.general),
        "stream_answers": {
            stream: found
            for stream, questions in form.streams.items()
            if (found := _answers(row, f"stream/{stream}/", questions))
        },
    }
    created = cells.moment(row["created"], zone)
    digest = hashlib.sha256(json.dumps([parsed, status, created.isoformat()], sort_keys=True).encode()).hexdigest()
    return ApplicationRow(line=line, created=created, state=STATES[status], digest=digest, **parsed)  # type: ignore[arg-type]


def time_zone(cell: str) -> str:
    """The IANA name, "" if there is none; raises `RowError` for what is no zone."""
    name = clean_line(cell)
    try:
        return zoneinfo.ZoneInfo(name).key if name else ""
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise cells.RowError(f"“{name[:40]}” is not a time zone.") from error


def _streams(cell: str, known: Iterable[str]) -> tuple[str, ...]:
    spelling = {name.casefold(): name for name in known}
    names = [clean_line(piece) for piece in cell.split(";") if piece.strip()]
    if unknown := [name for name in names if name.casefold() not in spelling]:
        raise cells.RowError(f"There is no stream “{unknown[0][:60]}” in this cohort.")
    found = [spelling[name.casefold()] for name in names]
    if len(set(found)) != len(found):
        raise cells.RowError("A stream stands in the list twice.")
    return tuple(found)


def _answers(row: Mapping[str, str], prefix: str, questions: Sequence[KnownQuestion]) -> dict[str, str | list[str]]:
    found = {question.key: _answer(question, row.get(prefix + question.key, "")) for question in questions}
    return {key: value for key, value in found.items() if value}


def _answer(question: KnownQuestion, cell: str) -> str | list[str]:
    if question.kind == QuestionKind.SEVERAL:
        return cells.choices(cell, question.options)
    if question.kind in ONE_CHOICE:
        return _single(question, clean_line(cell))
    if question.kind == QuestionKind.RANKED:
        return [_known(question, choice) for choice in cells.choices(cell.replace("\n", ", "), question.options)]
    if question.kind == QuestionKind.MATRIX:
        return _grid(question, cell)
    text = clean_text(cell).strip() if question.kind == QuestionKind.LONG else clean_line(cell)
    if len(text) > LONGEST_ANSWER:
        raise cells.RowError(f"“{question.wording[:60]}”: longer than {LONGEST_ANSWER:,} characters.")
    return text


def _single(question: KnownQuestion, text: str) -> list[str]:
    if not text or (text.casefold() in UNKNOWN_WORDS and text not in question.options):
        return []
    return [_known(question, text)]


def _known(question: KnownQuestion, text: str) -> str:
    spelling = {option.casefold(): option for option in question.options}
    if text.casefold() not in spelling:
        raise cells.RowError(f"“{text[:60]}” is not among the answers to “{question.wording[:60]}”.")
    return spelling[text.casefold()]


def _grid(question: KnownQuestion, cell: str) -> list[str]:
    """One option for each line of the grid, from a cell that reads `Line: option; other line: option`."""
    found = {}
    for piece in filter(None, map(clean_line, cell.replace("\n", ";").split(";"))):
        row, _, option = piece.rpartition(":")
        name = next((known for known in question.rows if known.casefold() == row.strip().casefold()), None)
        if name is None:
            raise cells.RowError(f"“{piece[:60]}” names no line of “{question.wording[:60]}”.")
        found[name] = _known(question, option.strip())
    return [found.get(row, "") for row in question.rows] if found else []
