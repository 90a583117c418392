"""The pages of reviewing and selecting."""

from mentors.views.assignments import assign, assignments, lift_conflict, reviewer, take_back
from mentors.views.desk import cv, desk, review
from mentors.views.floor import floor
from mentors.views.offers import make_offer, offers, release_one, withdraw
from mentors.views.progress import nudge, undo_assignment
from mentors.views.ranking import own_ranking, ranking
from mentors.views.rules import fix, rules, stop_sharing, unfix
from mentors.views.selection import made_round, prepare, release, run, selection, set_aside
from mentors.views.stepping_back import conflict, take_back_waiver, waive, waive_several
from mentors.views.whatifs import make_round, what_if

__all__ = [
    "assign",
    "assignments",
    "conflict",
    "cv",
    "desk",
    "fix",
    "floor",
    "lift_conflict",
    "made_round",
    "make_offer",
    "make_round",
    "nudge",
    "offers",
    "own_ranking",
    "prepare",
    "ranking",
    "release",
    "release_one",
    "review",
    "reviewer",
    "rules",
    "run",
    "selection",
    "set_aside",
    "stop_sharing",
    "take_back",
    "take_back_waiver",
    "undo_assignment",
    "unfix",
    "waive",
    "waive_several",
    "what_if",
    "withdraw",
]
