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
from mats_portal.keeping.services.purging import (
    NothingToPurge,
    PurgeTooEarly,
    ask_for_due_purges,
    ask_for_purge,
    purge_cohort,
)

__all__ = [
    "AlreadyAnswered",
    "AlreadyAsked",
    "AnswerNeeded",
    "NotNow",
    "NothingToPurge",
    "PurgeTooEarly",
    "ask_for_due_purges",
    "ask_for_erasure",
    "ask_for_purge",
    "carry_out_erasure",
    "erase_again",
    "grant_erasure",
    "purge_cohort",
    "refuse_erasure",
    "take_back_erasure",
]
