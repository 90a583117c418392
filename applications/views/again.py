"""An answer from another cohort, used again: copied into the field when the applicant asks for it, never by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from applications.selectors import EarlierAnswer
from mats_portal.questionnaires.answering import AnswersForm


def offer_earlier(form: AnswersForm, earlier: Mapping[str, EarlierAnswer]) -> None:
    """Put beside each field the earlier answer to its question, if there is one and it is not in the field already."""
    for question in form.questions:
        field = form.fields[f"q_{question.key}"]
        found = earlier.get(question.key)
        now = form[f"q_{question.key}"].value()
        is_there = found is not None and _holds(now, found)
        field.key = question.key  # type: ignore[attr-defined]
        field.earlier = None if is_there else found  # type: ignore[attr-defined]


def _holds(now: Any, found: EarlierAnswer) -> bool:
    if found.choices:
        return now in (found.choices, found.choices[0])
    return found.text in str(now or "")


def with_earlier(data: QueryDict, earlier: Mapping[str, EarlierAnswer]) -> QueryDict:
    """What was sent, with the earlier answer to the question named by `reuse`.

    An essay that was begun is not lost: the earlier text goes below it.
    """
    found = earlier.get(data.get("reuse", ""))
    if found is None:
        return data
    name, changed = f"q_{data['reuse']}", data.copy()
    if found.choices:
        changed.setlist(name, found.choices)
    else:
        typed = data.get(name, "").strip() if found.is_essay else ""
        changed[name] = f"{typed}\n\n{found.text}" if typed else found.text
    return changed
