"""The pages of reviewing and selecting."""

from mentors.views import marking
from mentors.views.assignments import assign, assignments, lift_conflict, reviewer, take_back
from mentors.views.beside import compare
from mentors.views.desk import desk, review
from mentors.views.discussing import discussion, note
from mentors.views.doubting import doubt
from mentors.views.files import cv, file
from mentors.views.floor import floor
from mentors.views.next_reviews import next_reviews
from mentors.views.offers import make_offer, offers, withdraw
from mentors.views.progress import nudge, undo_assignment
from mentors.views.ranking import own_ranking, ranking
from mentors.views.releases import confirm, decision, leave_out, release, releases, renew, stop, word
from mentors.views.reserve import call_held, leave_free, reserve
from mentors.views.rules import fix, rules, stop_sharing, unfix
from mentors.views.scores import review_export, scores
from mentors.views.selection import made_round, prepare, run, selection, set_aside
from mentors.views.stepping_back import conflict, take_back_waiver, waive, waive_several
from mentors.views.told import own_decision
from mentors.views.whatifs import make_round, what_if

__all__ = [
    "assign",
    "assignments",
    "call_held",
    "compare",
    "confirm",
    "conflict",
    "cv",
    "decision",
    "desk",
    "discussion",
    "doubt",
    "file",
    "fix",
    "floor",
    "leave_free",
    "leave_out",
    "lift_conflict",
    "made_round",
    "make_offer",
    "make_round",
    "marking",
    "next_reviews",
    "note",
    "nudge",
    "offers",
    "own_decision",
    "own_ranking",
    "prepare",
    "ranking",
    "release",
    "releases",
    "renew",
    "reserve",
    "review",
    "review_export",
    "reviewer",
    "rules",
    "run",
    "scores",
    "selection",
    "set_aside",
    "stop",
    "stop_sharing",
    "take_back",
    "take_back_waiver",
    "undo_assignment",
    "unfix",
    "waive",
    "waive_several",
    "what_if",
    "withdraw",
    "word",
]
