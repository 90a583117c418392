"""How the applications table is arranged: which columns, in which order, by what stands in the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import F, Func, IntegerField, JSONField, OuterRef, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.http import QueryDict

from applications.columns import USUAL, answer_column, columns_of
from applications.models import Application, ApplicationQuerySet, Submission
from applications.states import ApplicationState
from applications.table import table_rows
from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.questionnaires.models import Question, Version
from mats_portal.questionnaires.states import Purpose, QuestionKind
from mats_portal.web.tables import Column, Table

ANSWER = "answer."  # Before a question's key: the name of the column of its answers.
PLACE = '$.parts[*] ? (@.stream == "").answers[*] ? (@.key == $key)'  # where it stands in a submission
MOST_COLUMNS = 12
IN_A_CELL = tuple(kind for kind in QuestionKind if kind not in (QuestionKind.LONG, QuestionKind.MATRIX))
LAST = "-changed"
_NEVER = Value(datetime(1900, 1, 1, tzinfo=UTC))


def _whole(field: str) -> Coalesce:
    """A number to order by; none comes before all others. An integer, for which −1 is not out of range."""
    return Coalesce(field, -1, output_field=IntegerField())


SORTED: dict[str, Combinable] = {
    "applicant": F("person__name"),
    "education": _whole("education"),
    "years": _whole("years"),
    "hours": _whole("hours"),
    "started": F("started_at"),
    "submitted": Coalesce("submitted_at", _NEVER),
}


def _answer(content: Combinable, key: str) -> Func:
    """The answer to the question of that key among the general ones, out of what was submitted."""
    wanted = Func(Value("key"), Value(key), function="jsonb_build_object", output_field=JSONField())
    return Func(content, Value(PLACE), wanted, function="jsonb_path_query_first", output_field=JSONField())


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The columns shown, in their order, and what orders the rows (`-` before it for descending)."""

    columns: tuple[Column, ...]
    order: str

    @property
    def key(self) -> tuple[str, ...]:
        """The key of a page of rows."""
        if self.order.lstrip("-") == "changed":
            return ("changed_at", "id") if self.order == "changed" else ("-changed_at", "-id")
        return ("sorted_by", "id") if self.order[0] != "-" else ("-sorted_by", "-id")

    def rows(self, applications: ApplicationQuerySet) -> QuerySet[Application, dict[str, Any]]:
        """What the columns draw of these applications."""
        latest = Submission.objects.filter(application=OuterRef("pk"), application__state=ApplicationState.SUBMITTED)
        content = Subquery(latest.order_by("-number").values("content")[:1])
        facts: dict[str, Any] = {
            f"answer_{place}": _answer(content, column.name.removeprefix(ANSWER))
            for place, column in enumerate(self.columns)
            if column.name.startswith(ANSWER)
        }
        if expression := SORTED.get(self.order.lstrip("-")):
            facts["sorted_by"] = expression
        return table_rows(applications, facts)

    def table(self, rows: Sequence[Mapping[str, Any]], address: QueryDict) -> Table:
        """The rows, ready to draw, with headings that order them."""
        orders = {}
        for column in self.columns:
            if column.name in SORTED or column.name == "changed":
                turned = f"-{column.name}" if self.order == column.name else column.name
                orders[column.name] = f"?{with_order(address, turned).urlencode()}"
        return Table(self.columns, rows, self.order, orders, pick="code")


def with_order(address: QueryDict, order: str) -> QueryDict:
    """The address with another order, from its first page."""
    changed = address.copy()
    for cursor in ("after", "before"):
        changed.pop(cursor, None)
    changed["order"] = order
    return changed


def arrangement(cohort: Cohort, streams: Mapping[int, Stream], address: QueryDict) -> Arrangement:
    """What the address asks for, without what is not there. Looks at the questions only for their columns."""
    asked = address.getlist("columns")[:MOST_COLUMNS]
    known = columns_of(streams)
    if any(name.startswith(ANSWER) for name in asked):
        known |= answer_columns(cohort)
    chosen = tuple(known[name] for name in dict.fromkeys(asked) if name in known and name != "applicant")
    order = address.get("order", LAST)
    is_order = order.removeprefix("-") in (*SORTED, "changed")
    shown = (known["applicant"], *(chosen or (known[name] for name in USUAL[1:])))
    placed = (
        answer_column(one.name, one.label, place) if one.name.startswith(ANSWER) else one
        for place, one in enumerate(shown)
    )
    return Arrangement(tuple(placed), order if is_order else LAST)


def answer_columns(cohort: Cohort) -> dict[str, Column]:
    """A column for each general question of the cohort whose answer fits into a cell; staff may read them all."""
    questions = asked_in_cells(cohort)
    return {f"{ANSWER}{one.key}": answer_column(f"{ANSWER}{one.key}", one.wording, 0) for one in questions}


def asked_in_cells(cohort: Cohort) -> QuerySet[Question]:
    """The general questions, as they are asked now, whose answers fit into a cell; one query."""
    versions = Version.objects.filter(questionnaire__cohort=cohort, questionnaire__purpose=Purpose.APPLICATION)
    current = Subquery(versions.order_by("-number").values("pk")[:1])
    return Question.objects.filter(version=current, kind__in=IN_A_CELL).order_by("position")
