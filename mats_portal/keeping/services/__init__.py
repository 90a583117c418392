"""Ask to be erased, answer, carry out, and carry out again after a restore."""

from mats_portal.keeping.services.asking import (
    AlreadyAnswered,
    AlreadyAsked,
    AnswerNeeded,
    NotNow,
    ask_for_erasure,
    grant_erasure,
    refuse_erasure,
    take_back_erasure,
)
from mats_portal.keeping.services.erasing import carry_out_erasure, erase_again

__all__ = [
    "AlreadyAnswered",
    "AlreadyAsked",
    "AnswerNeeded",
    "NotNow",
    "ask_for_erasure",
    "carry_out_erasure",
    "erase_again",
    "grant_erasure",
    "refuse_erasure",
    "take_back_erasure",
]
