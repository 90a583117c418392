"""The content of a plan as plain data: what is missing, and its digest. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from research_plans.states import OUTPUTS, REQUIRED_PARTS, Part


@dataclass(frozen=True, slots=True)
class OutputRow:
    """One planned output; the day may be missing while it is a draft."""

    title: str
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class PlanText:
    """Everything a scholar writes in a plan."""

    parts: dict[Part, str] = field(default_factory=dict)
    outputs: Sequence[OutputRow] = ()

    def part(self, part: Part) -> str:
        """The text of one part, empty if there is none."""
        return self.parts.get(part, "")


def missing(text: PlanText) -> list[str]:
    """What a plan needs before it can be submitted, in words, in the order it is written; empty when nothing is."""
    found = [part.label for part in REQUIRED_PARTS if not text.part(part).strip()]
    if not text.outputs:
        found.append("at least one planned output")
    found += [f"a date for “{row.title}”" for row in text.outputs if row.due_on is None]
    found += [f"a name for the output of {row.due_on}" for row in text.outputs if not row.title]
    return found


def content_of(text: PlanText) -> dict[str, Any]:
    """The JSON that a revision keeps."""
    outputs = [{"title": row.title, "due_on": row.due_on.isoformat() if row.due_on else None} for row in text.outputs]
    return {"parts": {part.value: text.part(part) for part in Part}, OUTPUTS: outputs}


def digest_of(content: dict[str, Any]) -> str:
    """SHA-256 of the content in one canonical form, in hexadecimal."""
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
