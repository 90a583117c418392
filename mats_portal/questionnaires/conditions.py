"""Which questions are asked of somebody: some are shown only after certain answers to an earlier one. Plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from mats_portal.questionnaires.states import QuestionKind

# The kinds whose answer another question can depend on; of a consent the answer is AGREED.
DECIDING = (QuestionKind.SINGLE, QuestionKind.SEVERAL, QuestionKind.SCALE, QuestionKind.CONSENT)
AGREED = "yes"


class Conditional(Protocol):
    """A question or its specification: key, kind and options, and after which answers to which it is shown."""

    @property
    def key(self) -> str: ...
    @property
    def kind(self) -> Any: ...
    @property
    def wording(self) -> str: ...
    @property
    def options(self) -> Sequence[str]: ...
    @property
    def shown_if(self) -> str: ...
    @property
    def shown_if_options(self) -> Sequence[str]: ...


def deciding_options(question: Conditional) -> tuple[str, ...]:
    """The answers to the question that another one may be shown after; none when it decides nothing."""
    if question.kind == QuestionKind.CONSENT:
        return (AGREED,)
    return tuple(question.options) if question.kind in DECIDING else ()


def hidden_keys(questions: Sequence[Conditional], answers: Mapping[str, Any]) -> frozenset[str]:
    """The keys of the questions that are not asked, given these answers; what depends on a hidden one is hidden, too.

    answers: by key, with `text` and `choices`. An answer to a hidden question counts for nothing.
    """
    hidden: set[str] = set()
    for question in questions:
        if not question.shown_if:
            continue
        answer = None if question.shown_if in hidden else answers.get(question.shown_if)
        said = {*answer.choices, answer.text} if answer else set()
        if not said & set(question.shown_if_options):
            hidden.add(question.key)
    return frozenset(hidden)


def on_page(questions: Sequence[Any], hidden: frozenset[str]) -> list[Any]:
    """The questions of one page to be drawn: without those that an answer on another page hides.

    One that is hidden by an answer on the same page is drawn, so that it can be shown without asking the server.
    """
    drawn: dict[str, Any] = {}
    for question in questions:
        if question.key not in hidden or question.shown_if in drawn:
            drawn[question.key] = question
    return list(drawn.values())


def fault_in(questions: Sequence[Conditional]) -> str:
    """A sentence about a condition that cannot be judged, or "". Earlier questions decide, so there is no circle."""
    earlier: dict[str, Conditional] = {}
    for question in questions:
        if question.shown_if:
            name = f"“{question.wording[:80]}”"
            source = earlier.get(question.shown_if)
            if source is None:
                return (
                    f"{name} is shown after an answer to a question that does not stand before it. Keep that question "
                    "above it, or let it be shown to everybody."
                )
            known = set(deciding_options(source))
            if not question.shown_if_options or not set(question.shown_if_options) <= known:
                return (
                    f"{name} is shown after an answer that “{source.wording[:80]}” does not have any more. "
                    "Choose the answers again, or let it be shown to everybody."
                )
        earlier[question.key] = question
    return ""
