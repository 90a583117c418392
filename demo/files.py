"""The sample files, changed as a recipe asks, still in the form in which real tools export them.

They go through the portal's own import, so everything stays text here: rows are
dropped, dates moved, people renamed, nothing is interpreted beyond that.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path

import applications
from demo.people import Persona
from demo.recipes import Recipe
from demo.simulation.names import new_name
from demo.simulation.shapes import Applied

Row = dict[str, str]

SAMPLE = Path(applications.__file__).parent / "sample" / "summer-2023"
STREAM, SEATS, MENTORS, CHOICES = "Stream", "Seats", "Mentors (name <email>; …)", "Streams, best first"
NAME, ADDRESS, RECORD, CREATED, STATUS = "Name", "Email address ", "Record ID", "Created", "Status"
ZONE, EDUCATION = "Time zone", "Highest education / status"
SUBMITTED = "Submitted"
INTEREST_AT, INTEREST_NAME, INTEREST_EMAIL = "Submitted at", "Full name", "Email"
INTEREST_FORMAT = "%m/%d/%Y %I:%M%p"
PACIFIC_SUMMER = timezone(timedelta(hours=-7))  # what the interest form's clock showed
MENTOR = re.compile(r"([^<;]+)<([^>]+)>")


@cache
def sample(name: str) -> tuple[Row, ...]:
    """The rows of one sample file ("streams", "interest_form", "applications")."""
    with gzip.open(SAMPLE / f"{name}.csv.gz", "rt", encoding="utf-8-sig", newline="") as file:
        return tuple(csv.DictReader(file))


def as_csv(rows: Iterable[Row]) -> bytes:
    """The rows as a file with a byte-order mark and CRLF, as such exports are."""
    text = io.StringIO(newline="")
    writer: csv.DictWriter[str] | None = None
    for row in rows:
        if writer is None:
            writer = csv.DictWriter(text, row.keys(), lineterminator="\r\n")
            writer.writeheader()
        writer.writerow(row)
    return text.getvalue().encode("utf-8-sig")


def streams(recipe: Recipe, mentors: Mapping[str, Persona]) -> list[Row]:
    """The streams that the recipe keeps; `mentors` says which demo person leads which."""
    found = []
    for row in sample("streams"):
        if not recipe.streams or row[STREAM] in recipe.streams:
            people = [(name.strip(), address.strip()) for name, address in MENTOR.findall(row[MENTORS])]
            people = [_renamed(recipe, name, address, copy=0) for name, address in people]
            if lead := mentors.get(row[STREAM]):
                people[0] = (lead.name, lead.email)
            found.append(row | {MENTORS: "; ".join(f"{name} <{address}>" for name, address in people)})
    return found


def interests(recipe: Recipe, days: int, until: datetime) -> list[Row]:
    """The interest forms left before `until`, moved by `days`; as large a share of them as of the applications."""
    rows = sample("interest_form")
    share = recipe.most_applications / len(sample("applications")) if recipe.most_applications else 1.0
    found = []
    most = round(len(rows) * share)
    for row in (rows[number * len(rows) // most] for number in range(most)):
        at = datetime.strptime(row[INTEREST_AT].strip(), INTEREST_FORMAT).replace(tzinfo=PACIFIC_SUMMER)
        moved = at + timedelta(days=days)
        if moved < until:
            name, address = _renamed(recipe, row[INTEREST_NAME], row[INTEREST_EMAIL], copy=0)
            when = moved.strftime(INTEREST_FORMAT).lower()
            found.append(row | {INTEREST_AT: when, INTEREST_NAME: name, INTEREST_EMAIL: address})
    return found


def applied(recipe: Recipe, days: int, until: datetime, copy: int = 0) -> list[Row]:
    """The applications begun before `until`, moved by `days`, to streams that the recipe keeps. One copy of `scale`."""
    found = []
    for row in _kept(recipe):
        moved = datetime.fromisoformat(row[CREATED]) + timedelta(days=days)
        if moved < until:
            name, address = _renamed(recipe, row[NAME], row[ADDRESS], copy)
            record = "-".join(part for part in (row[RECORD], recipe.tag.strip("-"), str(copy or "")) if part)
            when = moved.isoformat(timespec="milliseconds").replace("+00:00", "Z")
            found.append(row | {RECORD: record, CREATED: when, NAME: name, ADDRESS: address})
    return found


def _kept(recipe: Recipe) -> Iterator[Row]:
    """The rows to keep, evenly over the whole time of applying, with only the kept streams' choices and answers."""
    rows = [_narrowed(recipe, row) for row in sample("applications")]
    rows = [row for row in rows if row[CHOICES]]
    most = min(recipe.most_applications or len(rows), len(rows))
    yield from (rows[number * len(rows) // most] for number in range(most))


def _narrowed(recipe: Recipe, row: Row) -> Row:
    if not recipe.streams:
        return row
    names = [name for name in choices_of(row) if name in recipe.streams]
    others = {other[STREAM] for other in sample("streams")}.difference(recipe.streams)
    kept = {title: cell for title, cell in row.items() if title.rpartition(" – Q")[0] not in others}
    return kept | {CHOICES: "; ".join(names)}


def _renamed(recipe: Recipe, name: str, address: str, copy: int) -> tuple[str, str]:
    """The same person in the files as they are; another one in a tagged cohort and in each further copy."""
    if not recipe.tag and not copy:
        return name, address
    other = f"{recipe.tag}{f'c{copy}-' if copy else ''}{address.strip().lower()}"
    return new_name(recipe.seed, other), other


def choices_of(row: Row) -> tuple[str, ...]:
    """The streams of an application, best first."""
    return tuple(name.strip() for name in row[CHOICES].split(";") if name.strip())


def address_of(row: Row) -> str:
    """The applicant's address, as the portal keeps it."""
    return row[ADDRESS].strip().lower()


def as_applied(rows: Iterable[Row], educations: Mapping[str, str]) -> list[Applied]:
    """What the simulation needs of the submitted rows; `educations` maps the files' words to its own."""
    return [
        Applied(
            key=address_of(row),
            education=educations.get(row[EDUCATION].strip(), ""),
            streams=choices_of(row),
            words=sum(len(cell.split()) for cell in row.values()),
        )
        for row in rows
        if row[STATUS].strip() == SUBMITTED
    ]


def in_the_role_of(rows: Iterable[Row], parts: Mapping[str, Persona]) -> list[Row]:
    """The rows, with demo people in the place of the applicants at the given addresses."""
    found = []
    for row in rows:
        part = parts.get(address_of(row))
        found.append(row | {NAME: part.name, ADDRESS: part.email, ZONE: part.time_zone} if part else row)
    return found
