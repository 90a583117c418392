"""Rules of an eligibility form: which answers let somebody go on, and what the others are told. Plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mats_portal.questionnaires.conditions import AGREED, deciding_options, hidden_keys
from mats_portal.questionnaires.states import QuestionKind

USUAL = "By this answer, this cohort is not for you this time."


def stops_in(questions: Sequence[Any], answers: Mapping[str, Any]) -> list[str]:
    """A sentence for each answer that does not let go on, in the order of the questions; none: the person may apply.

    A question without accepted answers has no rule. Of several choices one accepted one is enough. What is not
    asked, or not answered, stops nobody: what is missing is said elsewhere.
    """
    hidden = hidden_keys(questions, answers)
    found = []
    for question in questions:
        answer = answers.get(question.key)
        if question.key in hidden or not question.accepted or answer is None:
            continue
        said = set(answer.choices) or ({answer.text} if question.kind == QuestionKind.CONSENT else set())
        if said and not said & set(question.accepted):
            found.append(question.refusal or USUAL)
    return found


def fault_in_rules(questions: Sequence[Any]) -> str:
    """A sentence about a rule that cannot be judged, or ""."""
    for question in questions:
        if not question.accepted:
            continue
        known = set(deciding_options(question))
        if not set(question.accepted) <= known:
            name = f"“{question.wording[:80]}”"
            if question.kind == QuestionKind.CONSENT:
                return f"{name} is a consent: the answer that lets go on is “{AGREED}”."
            return f"{name}: the answers that let go on have to be among its options."
        if known == set(question.accepted) and question.kind != QuestionKind.CONSENT:
            return f"“{question.wording[:80]}”: when every answer lets go on there is no rule. Leave the answers empty."
    return ""
