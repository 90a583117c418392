"""What a demo cohort asks its applicants: the default questions, and one whose answer is nobody's but the staff's."""

from __future__ import annotations

from collections.abc import Iterable

from applications.defaults import PLANS, general_questions
from applications.outreach.selectors import listed_names
from demo import files
from demo.building.stage import Stage
from demo.people import RUI
from demo.simulation.intake import ACCESS_NEEDS
from demo.simulation.shapes import dice
from mats_portal.questionnaires.services import make_version, open_questionnaire
from mats_portal.questionnaires.specs import QuestionSpec
from mats_portal.questionnaires.states import Audience, Purpose, QuestionKind, Retention

ANSWERED_SHARE = 0.06
ACCESS = QuestionSpec(
    "access",
    QuestionKind.LONG,
    "Is there anything we should arrange so that you can take part well?",
    "Health, access, food, faith: only what you want us to know. It has no part in the selection.",
    PLANS,
    is_required=False,
    is_sensitive=True,
    audience=Audience.STAFF,
    max_words=150,
    purpose="So that rooms, food and the week’s plan fit you. Whoever arranges those reads it, and no reviewer.",
    retention=Retention.UNSUCCESSFUL,
)


def ask(stage: Stage) -> None:
    """Make the cohort's general questions."""
    questionnaire = open_questionnaire(cohort=stage.cohort, purpose=Purpose.APPLICATION)
    questions = [*general_questions(listed_names()), ACCESS]
    make_version(questionnaire=questionnaire, questions=questions, by=stage.cast[RUI])


def with_needs(seed: int, rows: Iterable[files.Row]) -> list[files.Row]:
    """The rows of applications, a few of them with an answer to the sensitive question."""
    return [row | {ACCESS.wording: _need(seed, files.address_of(row))} for row in rows]


def _need(seed: int, address: str) -> str:
    chance = dice(seed, f"needs of {address}")
    return chance.choice(ACCESS_NEEDS) if chance.random() < ANSWERED_SHARE else ""
