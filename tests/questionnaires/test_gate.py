"""Rules of eligibility questions."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from mats_portal.questionnaires.gate import USUAL, fault_in_rules, stops_in
from mats_portal.questionnaires.specs import QuestionSpec
from mats_portal.questionnaires.states import QuestionKind

Kind = QuestionKind
ADULT = QuestionSpec(
    "adult",
    Kind.SINGLE,
    "Will you be 18 by then?",
    options=("Yes", "No"),
    accepted=("Yes",),
    refusal="Come back when you are 18.",
)
ENTRY = ("ESTA", "B1", "None")
VISA = QuestionSpec("visa", Kind.SEVERAL, "What can you enter on?", options=ENTRY, accepted=ENTRY[:2])
AGREE = QuestionSpec("agree", Kind.CONSENT, "I can be there in person", accepted=("yes",))
WHY = replace(
    ADULT, key="why", options=("a", "b"), accepted=("a",), refusal="", shown_if="adult", shown_if_options=("No",)
)


@dataclass
class Said:
    text: str = ""
    choices: list[str] = field(default_factory=list)


@pytest.mark.parametrize(
    ("answers", "stops"),
    [
        ({}, []),
        ({"adult": Said(choices=["Yes"]), "visa": Said(choices=["None", "B1"]), "agree": Said("yes")}, []),
        ({"adult": Said(choices=["No"])}, ["Come back when you are 18."]),
        ({"visa": Said(choices=["None"])}, [USUAL]),
        ({"agree": Said("")}, [USUAL]),
        ({"adult": Said(choices=["Yes"]), "why": Said(choices=["b"])}, []),
        ({"adult": Said(choices=["No"]), "why": Said(choices=["b"])}, ["Come back when you are 18.", USUAL]),
    ],
)
def test_answers_stop_by_the_stated_rules_alone(answers: dict[str, Said], stops: list[str]) -> None:
    assert stops_in((ADULT, VISA, AGREE, WHY), answers) == stops


def test_rules_that_cannot_be_judged_are_a_fault() -> None:
    assert fault_in_rules((ADULT, VISA, AGREE, WHY)) == ""
    assert "among its options" in fault_in_rules((replace(ADULT, accepted=("Perhaps",)),))
    assert "there is no rule" in fault_in_rules((replace(ADULT, accepted=("Yes", "No")),))
    assert "the answer that lets go on is “yes”" in fault_in_rules((replace(AGREE, accepted=("no",)),))
    assert "among its options" in fault_in_rules((QuestionSpec("n", Kind.NUMBER, "Age?", accepted=("18",)),))
