"""What is frozen by submitting: built from the draft, read by everybody else."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from applications.models import Application, Choice
from applications.states import Education, Prerequisite
from mats_portal.cohorts.models import Stream
from mats_portal.questionnaires.checks import is_day
from mats_portal.questionnaires.models import Answer, AnswerSheet, Question
from mats_portal.questionnaires.reading import as_asked
from mats_portal.questionnaires.selectors import (
    Problem,
    answers_of_sheets,
    asked_of,
    parts_of,
    problems_in,
    questions_of,
)
from mats_portal.questionnaires.sharing import asked_once

LONGEST_SEARCHED = 400_000


def ranked_choices(application: Application) -> list[Choice]:
    """The draft list of streams, best first, with what a snapshot needs."""
    rows = application.choices.filter(rank__isnull=False).select_related("stream", "sheet__version")
    return list(rows.prefetch_related("sheet__version__questions").order_by("rank"))


@dataclass(frozen=True, slots=True)
class Asked:
    """The questions of one sheet with what was answered; stream: None for the general ones."""

    questions: list[Question]
    answers: dict[str, Answer]
    stream: Stream | None = None

    @classmethod
    def of(cls, sheet: AnswerSheet, answers: Mapping[int, dict[str, Answer]], stream: Stream | None = None) -> Asked:
        """What is asked on a sheet, given its answers: a question that they hide is not part of it."""
        given = answers[sheet.pk]
        return cls(asked_of(questions_of(sheet.version), given), given, stream)


def build(application: Application) -> tuple[dict[str, Any], list[Problem]]:
    """The content of a submission, and what keeps it from being submitted."""
    choices = ranked_choices(application)
    sheets = [application.sheet, *(choice.sheet for choice in choices if choice.sheet)]
    answers = answers_of_sheets(sheets)
    asked = [Asked.of(application.sheet, answers)]
    asked += [Asked.of(choice.sheet, answers, choice.stream) for choice in choices if choice.sheet]
    own = [asked[0].questions, *(group.asked for group in asked_once([one.questions for one in asked[1:]]))]
    pairs = zip(own, asked, strict=True)
    problems = [problem for questions, one in pairs for problem in problems_in(questions, one.answers)]
    return assemble([choice.stream for choice in choices], asked) | _file(application), problems


def _file(application: Application) -> dict[str, Any]:
    """What identifies the draft's CV; nothing when there is none."""
    document = application.documents.filter(is_current=True).first()
    if document is None:
        return {}
    facts = {"name": document.name, "size": document.size, "pages": document.pages, "sha256": document.digest}
    return {"cv": facts}


def assemble(streams: Sequence[Stream], asked: Sequence[Asked]) -> dict[str, Any]:
    """The content itself: the streams, best first, and every question as it was asked, with its answer."""
    return {
        "streams": [{"code": stream.code, "name": stream.name, "rank": rank} for rank, stream in enumerate(streams, 1)],
        "parts": [
            {
                "title": one.stream.name if one.stream else part.title,
                "stream": one.stream.code if one.stream else "",
                "answers": [as_asked(question, one.answers.get(question.key)) for question in part.questions],
            }
            for one in asked
            for part in parts_of(one.questions)
        ],
    }


def digest_of(content: dict[str, Any]) -> str:
    """SHA-256 of the content's canonical JSON."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def measured(content: dict[str, Any]) -> dict[str, Any]:
    """The fields of `Application` that reports count by, from the answers that measure them."""
    found = {
        answer["measures"]: answer
        for part in content["parts"]
        if not part["stream"]
        for answer in part["answers"]
        if answer["measures"]
    }
    first = {name: (answer["choices"] or [answer["text"]])[0].strip() for name, answer in found.items()}
    return {
        "education": {label: value for value, label in Education.choices}.get(first.get("education", "")),
        "field": first.get("field", "")[:100],
        "years": whole(first.get("years", "").removesuffix("+")),
        "hours": whole(first.get("hours", "")),
        "available_from": day(first.get("available_from", "")),
        "available_until": day(first.get("available_until", "")),
        "commitments": whole(first.get("commitments", "")),
        "prerequisite": {label: value for value, label in Prerequisite.choices}.get(first.get("prerequisite", ""), ""),
        "is_already_in_field": {"yes": True, "no": False}.get(first.get("already", "").lower()),
        "channels": found.get("channels", {}).get("choices", []),
    }


def day(text: str) -> date | None:
    """A day as questions take it, or None."""
    return date.fromisoformat(text) if is_day(text) else None


def whole(text: str) -> int | None:
    """A small whole number, or None."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None


def searched_text(name: str, email: str, content: dict[str, Any] | None) -> str:
    """What staff may find the application by; answers only once they are submitted."""
    answers = [
        " ".join([answer["text"], *answer["choices"]])
        for part in (content or {"parts": []})["parts"]
        for answer in part["answers"]
    ]
    return folded(" ".join([name, email, email.replace("@", " "), *answers]))[:LONGEST_SEARCHED]


def folded(text: str) -> str:
    """Lower case without accents, for searching."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(character for character in plain if not unicodedata.combining(character)).lower()
