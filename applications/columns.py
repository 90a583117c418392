"""The columns of the applications table: what a cell shows, and what it needs of the database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from applications.states import ApplicationState, Education, Prerequisite
from mats_portal.cohorts.models import Stream
from mats_portal.web.components.marks import status, stream_marks
from mats_portal.web.components.moments import ago
from mats_portal.web.tables import Column, Row

MOST_STREAMS = 3
MOST_WRITTEN, MOST_ASKED = 80, 40  # characters of an answer and of its question
USUAL = ("applicant", "streams", "status", "background", "hours", "changed")
TONES = {ApplicationState.SUBMITTED: "done", ApplicationState.DRAFT: "wait", ApplicationState.WITHDRAWN: "stop"}
STATES = {state.value: status(state.label, tone) for state, tone in TONES.items()}
REFERENCE_MISSING = status("Reference missing", "warning")
EDUCATION = dict(Education.choices)
PREREQUISITE = dict(Prerequisite.choices)


def columns_of(streams: Mapping[int, Stream]) -> dict[str, Column]:
    """Every column that the table can show, by name; `streams`: the cohort's, by key."""

    def ranked(row: Row) -> SafeString:
        keys = row["stream_ids"]
        more = (
            f' <span class="quiet label-size">and {len(keys) - MOST_STREAMS} more</span>'
            if len(keys) > MOST_STREAMS
            else ""
        )
        return SafeString(stream_marks([streams[key] for key in keys[:MOST_STREAMS]]) + more)

    columns = (
        Column("applicant", "Applicant", _applicant, "title"),
        Column("streams", "Streams, best first", ranked, short="Streams"),
        Column("status", "Status", _status),
        Column("background", "Background", _background, "wide-only"),
        Column("education", "Education", lambda row: EDUCATION.get(row["education"], ""), "wide-only"),
        Column("field", "Field", lambda row: row["field"], "wide-only"),
        Column("years", "Years", lambda row: _number(row["years"]), "num wide-only"),
        Column("hours", "Hours", lambda row: _number(row["hours"]), "num wide-only"),
        Column("prerequisite", "Prerequisite", lambda row: PREREQUISITE.get(row["prerequisite"], ""), "wide-only"),
        Column("channels", "Heard of us by", lambda row: ", ".join(row["channels"]), "wide-only"),
        Column("zone", "Time zone", lambda row: row["time_zone"], "wide-only"),
        Column("started", "Started", lambda row: ago(row["started_at"]), "wide-only"),
        Column("submitted", "Submitted", lambda row: _moment(row["submitted_at"]), "wide-only"),
        Column("changed", "Last change", lambda row: ago(row["changed_at"])),
    )
    return {column.name: column for column in columns}


def answer_column(name: str, wording: str, place: int) -> Column:
    """The answers to one question, as the row has them under `answer_<place>`: in one line, shortened."""

    def written(row: Row) -> str:
        answer = row[f"answer_{place}"] or {"text": "", "choices": []}
        return Truncator(answer["text"] or "; ".join(answer["choices"])).chars(MOST_WRITTEN)

    return Column(name, Truncator(wording).chars(MOST_ASKED), written, "wide-only")


def _applicant(row: Row) -> SafeString:
    name, email = escape(row["person__name"]), escape(row["person__email"])
    labels = "".join(f" · {escape(label)}" for label in row["labels"])
    return SafeString(f'<a href="{row["url"]}">{name}</a><small>{email}{labels}</small>')


def _status(row: Row) -> SafeString:
    waits = row["state"] == ApplicationState.SUBMITTED and row["is_reference_missing"]
    return SafeString(f"{STATES[row['state']]} {REFERENCE_MISSING}") if waits else STATES[row["state"]]


def _background(row: Row) -> str:
    return ", ".join(filter(None, [EDUCATION.get(row["education"], ""), row["field"].lower()]))


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _moment(at: Any) -> str:
    return ago(at) if at else ""
