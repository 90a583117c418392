"""Tables out of the database as CSV, written by the database itself: 100,000 rows in a second, in constant memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Case, F, Func, QuerySet, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from mats_portal.web.sheets import inert

BEGINNING_OF_A_FORMULA = "^[ \u00a0]*[-=+@\t\r\n'＝＋－＠]"
LEADER_QUOTED = (f"({BEGINNING_OF_A_FORMULA})", r"'\1")  # What `regexp_replace` needs to make text inert.
BYTE_ORDER_MARK = "\ufeff".encode()  # By it a spreadsheet knows that the file is UTF-8.


class Inert(Func):
    """Text as `sheets.inert` has it: no spreadsheet takes it for a formula."""

    template = "regexp_replace(%(expressions)s)"
    output_field = TextField()

    def __init__(self, expression: str | Combinable) -> None:
        text = F(expression) if isinstance(expression, str) else expression
        super().__init__(text, *map(Value, LEADER_QUOTED))


class Instant(Func):
    """A moment in UTC, as `isoformat` has it, to the second."""

    template = "to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"+00:00\"')"
    output_field = TextField()


def labelled(field: str, choices: Sequence[tuple[Any, Any]]) -> Case:
    """What a field of choices stands for, in words; nothing for no value."""
    return Case(*(When(**{field: value}, then=Value(str(label))) for value, label in choices), default=Value(""))


def text_of(field: str) -> Cast:
    """A number as text."""
    return Cast(field, TextField())


def copy_to(
    file: IO[bytes],
    headers: Sequence[str],
    rows: QuerySet[Any, Any],
    shown: tuple[str, Sequence[Any]] | None = None,
) -> int:
    """Write the headers and the rows of a `values_list`, every cell in quotes; answers how many rows. One statement.

    shown: what is selected of the ordered rows instead of their own columns, as SQL of ours with its parameters.
    No statement is sent when no row can fit.
    """
    quoted = ",".join('"' + inert(header).replace('"', '""') + '"' for header in headers)
    file.write(BYTE_ORDER_MARK + quoted.encode() + b"\r\n")
    try:
        sql, parameters = rows.query.sql_with_params()
    except EmptyResultSet:
        return 0
    if shown is not None:
        sql, parameters = f"SELECT {shown[0]} FROM ({sql}) AS found", (*shown[1], *parameters)  # noqa: S608 - no word of anybody's
    with connections[rows.db].cursor() as cursor:
        statement = cursor.mogrify(sql, parameters).decode()
        cursor.copy_expert(f"COPY ({statement}) TO STDOUT WITH (FORMAT csv, FORCE_QUOTE *)", file)
        return int(cursor.rowcount)
