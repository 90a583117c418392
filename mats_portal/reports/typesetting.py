"""A snapshot as a typeset, tagged PDF, made by typst in a process of its own.

What people wrote reaches typst as data (`sys.inputs`), never as markup, so it stays
text; the process sees an empty folder, no network is needed, and time and memory are
limited. typst must not run in a process that was forked after its first use.
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from mats_portal.reports.flattening import all_tables
from mats_portal.reports.frame import Cell, Fact, Figure, Hidden, Table
from mats_portal.reports.models import Snapshot
from mats_portal.reports.selectors import Compiled, compiled_reports
from mats_portal.reports.words import say_cell, say_line, say_note
from mats_portal.web.errors import Refusal

logger = logging.getLogger(__name__)
SECONDS = 30
CHILD = Path(__file__).with_name("typst_child.py")


class NotPrinted(Refusal):
    """The PDF could not be made this time. Compile the statistics again, or take the spreadsheet."""


def print_report(snapshot: Snapshot) -> bytes:
    """The PDF of a snapshot. Raises `NotPrinted`."""
    return typeset(facts_of(snapshot), at=int(snapshot.compiled_at.timestamp()))


def typeset(facts: dict[str, Any], *, at: int) -> bytes:
    """Run typst on the facts; `at`, in seconds, is the document's date. Raises `NotPrinted`."""
    order = json.dumps({"facts": facts, "at": at}).encode()
    with tempfile.TemporaryDirectory(prefix="print-") as empty:
        try:
            done = subprocess.run(
                [sys.executable, "-I", str(CHILD)],
                input=order,
                capture_output=True,
                timeout=SECONDS,
                check=True,
                cwd=empty,
            )
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
            logger.error("typst failed: %s", (error.stderr or b"").decode("utf-8", "replace")[-2000:])
            raise NotPrinted from error
    if not done.stdout.startswith(b"%PDF"):
        raise NotPrinted
    return done.stdout


def facts_of(snapshot: Snapshot) -> dict[str, Any]:
    """What the sheet shows, as plain words and numbers."""
    return {
        "cohort": snapshot.content["cohort"]["name"],
        "compiled": f"{snapshot.compiled_at:%-d %B %Y, %H:%M} UTC",
        "digest": snapshot.digest,
        "reports": [_report(report) for report in compiled_reports(snapshot)],
    }


def _report(report: Compiled) -> dict[str, Any]:
    figures = []
    for figure in report.tables.figures:
        plain: dict[str, Any] = {
            "title": figure.title,
            "definition": figure.definition,
            "note": figure.note,
            "is": "table",
        }
        if isinstance(figure, Figure):
            plain |= {"is": "bars", "n": figure.n, "lines": _lines(figure)}
        elif isinstance(figure, Fact):
            plain |= {"is": "fact", "value": figure.value}
        else:
            continue
        figures.append(plain)
    drawn = {figure["title"] for figure in figures}
    tables = [_table(table) for table in all_tables(report.tables) if table.title not in drawn]
    return {"question": report.question, "answer": report.tables.answer, "figures": figures, "tables": tables}


def _lines(figure: Figure) -> list[dict[str, Any]]:
    widest = figure.widest
    return [
        {
            "label": line.label,
            "shown": say_line(line),
            "note": say_note(line, figure.share_words),
            "width": (line.count or 0) / widest,
        }
        for line in figure.lines
    ]


def _table(table: Table) -> dict[str, Any]:
    return {
        "title": table.title,
        "note": table.note,
        "columns": [[column.label, column.kind != "text"] for column in table.columns],
        "rows": [[_words(cell) for cell in row] for row in table.rows],
    }


def _words(cell: Cell) -> str:
    return f"({say_cell(cell)})" if isinstance(cell, Hidden) else say_cell(cell)
