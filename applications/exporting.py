"""The applications table as a file of CSV: all that is counted by, or the columns that somebody chose."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import IO, Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, Func, JSONField, OuterRef, Subquery, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Lower, NullIf

from applications.arranging import ANSWER, MOST_COLUMNS, asked_in_cells
from applications.models import ApplicationQuerySet, Preference, Submission
from applications.states import ApplicationState, Education, Prerequisite
from mats_portal.cohorts.models import Cohort
from mats_portal.web.copying import LEADER_QUOTED, Inert, Instant, copy_to, labelled, text_of

NOTHING = Value("", output_field=TextField())
WANTED = '$.parts[*] ? (@.stream == "").answers[*] ? (@.key == $keys[*])'


class Cell(NamedTuple):
    """A column: its name in the address, its heading, and what stands in it."""

    name: str
    heading: str
    content: Combinable | None  # None: the answer to the question of that key


class _Joined(Func):
    """The texts of an array as one."""

    template = "array_to_string(%(expressions)s, '; ')"
    output_field = TextField()


# An answer out of those that were found in one look at a submission, in words, as `Inert` has it.
PICKED = """regexp_replace(coalesce(nullif(jsonb_path_query_first(told, '$[*] ? (@.key == $key)', %s) ->> 'text', ''),
 array_to_string(ARRAY(SELECT jsonb_array_elements_text(
 jsonb_path_query_first(told, '$[*] ? (@.key == $key)', %s) -> 'choices')), '; '), ''), %s, %s)"""


_RANKED = Preference.objects.filter(application=OuterRef("pk")).order_by("rank").values("stream__name")
_EDUCATION = labelled("education", Education.choices)
_BACKGROUND = Func(
    NullIf(_EDUCATION, NOTHING),
    NullIf(Lower("field"), NOTHING),
    function="concat_ws",
    template="%(function)s(', ', %(expressions)s)",
    output_field=TextField(),
)
_ALREADY = Case(
    When(is_already_in_field=True, then=Value("yes")),
    When(is_already_in_field=False, then=Value("no")),
    default=Value(""),
)
ALWAYS = (
    Cell("application", "Application", F("code")),
    Cell("name", "Name", Inert("person__name")),
    Cell("email", "E-mail", Inert("person__email")),
)
_ALL = (
    Cell("status", "Status", labelled("state", ApplicationState.choices)),
    Cell("started", "Started", Instant("started_at")),
    Cell("submitted", "Submitted", Instant("submitted_at")),
    Cell("streams", "Streams, best first", Inert(_Joined(ArraySubquery(_RANKED)))),
    Cell("education", "Education", _EDUCATION),
    Cell("field", "Field", Inert("field")),
    Cell("years", "Years", text_of("years")),
    Cell("hours", "Hours a week", text_of("hours")),
    Cell("zone", "Time zone", Inert("time_zone")),
    Cell("prerequisite", "AGI Safety Fundamentals", labelled("prerequisite", Prerequisite.choices)),
    Cell("already", "Already in AI", _ALREADY),
    Cell("channels", "Heard of us by", Inert(_Joined("channels"))),
    Cell("background", "Background", Inert(_BACKGROUND)),
    Cell("changed", "Last change", Instant("changed_at")),
)
CELLS = {cell.name: cell for cell in _ALL}
BY_ITSELF = tuple(name for name in CELLS if name not in ("background", "changed"))


def cells_of(cohort: Cohort, chosen: Sequence[str]) -> list[Cell]:
    """The columns of these names, in their order; all that is counted by when none is known.

    `answer.<key>` stands for the answers to a general question, which staff may read all.
    """
    names = list(dict.fromkeys(chosen))[:MOST_COLUMNS]
    answers: dict[str, Cell] = {}
    if any(name.startswith(ANSWER) for name in names):
        asked = ((f"{ANSWER}{one.key}", one) for one in asked_in_cells(cohort))
        answers = {name: Cell(name, one.wording, None) for name, one in asked}
    known = CELLS | answers
    return [*ALWAYS, *(known[name] for name in [name for name in names if name in known] or BY_ITSELF)]


def write_table(file: IO[bytes], applications: ApplicationQuerySet, cells: Sequence[Cell]) -> int:
    """Write the applications, oldest first, in one statement and constant memory; answers how many.

    A submission is looked through once, however many of its answers are shown.
    """
    named: dict[str, Any] = {f"c{place}": cell.content for place, cell in enumerate(cells) if cell.content is not None}
    keys = [cell.name.removeprefix(ANSWER) for cell in cells if cell.content is None]
    if keys:
        named["told"] = _told(keys)
    rows = applications.order_by("started_at", "pk").annotate(**named).values_list(*named)
    shown = [PICKED if cell.content is None else f"c{place}" for place, cell in enumerate(cells)]
    parameters = [value for key in keys for value in _picking(key)]
    return copy_to(file, [cell.heading for cell in cells], rows, (", ".join(shown), parameters) if keys else None)


def _told(keys: Sequence[str]) -> Combinable:
    """The answers to the questions of these keys in the latest submission, as JSON; nothing of what is not in."""
    latest = Submission.objects.filter(application=OuterRef("pk"), application__state=ApplicationState.SUBMITTED)
    wanted = Func(
        Value("keys"), Value(list(keys), JSONField()), function="jsonb_build_object", output_field=JSONField()
    )
    found = Func(F("content"), Value(WANTED), wanted, function="jsonb_path_query_array", output_field=JSONField())
    return Subquery(latest.order_by("-number").values_list(found)[:1])


def _picking(key: str) -> list[str]:
    """What `PICKED` needs to know of a question."""
    wanted = json.dumps({"key": key})
    return [wanted, wanted, *LEADER_QUOTED]
