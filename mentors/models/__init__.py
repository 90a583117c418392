"""Reviewing, ranking, matching, offering and telling."""

from mentors.models.braking import HeldCall, ReserveBrake
from mentors.models.discussing import Contribution, PrivateNote
from mentors.models.marking import Mark, Marking, MarkQuerySet
from mentors.models.offers import Offer, OfferQuerySet, SelectionRound
from mentors.models.ranking import Ranking, Shortlist
from mentors.models.releases import Decision, DecisionQuerySet, DecisionWords, Release
from mentors.models.reviewing import Assessment, Assignment, AssignmentBatch, AssignmentQuerySet, Conflict, Waiver
from mentors.models.rules import Draw, FixedPair, MotivationFloor, SharedSeats, StreamRule
from mentors.models.whatif import WhatIf

__all__ = [
    "Assessment",
    "Assignment",
    "AssignmentBatch",
    "AssignmentQuerySet",
    "Conflict",
    "Contribution",
    "Decision",
    "DecisionQuerySet",
    "DecisionWords",
    "Draw",
    "FixedPair",
    "HeldCall",
    "Mark",
    "MarkQuerySet",
    "Marking",
    "MotivationFloor",
    "Offer",
    "OfferQuerySet",
    "PrivateNote",
    "Ranking",
    "Release",
    "ReserveBrake",
    "SelectionRound",
    "SharedSeats",
    "Shortlist",
    "StreamRule",
    "Waiver",
    "WhatIf",
]
