"""Reviewing, ranking, matching and offering."""

from mentors.models.offers import Offer, OfferQuerySet, SelectionRound
from mentors.models.ranking import Ranking, Shortlist
from mentors.models.reviewing import Assessment, Assignment, AssignmentBatch, AssignmentQuerySet, Conflict, Waiver
from mentors.models.rules import Draw, FixedPair, MotivationFloor, SharedSeats, StreamRule
from mentors.models.whatif import WhatIf

__all__ = [
    "Assessment",
    "Assignment",
    "AssignmentBatch",
    "AssignmentQuerySet",
    "Conflict",
    "Draw",
    "FixedPair",
    "MotivationFloor",
    "Offer",
    "OfferQuerySet",
    "Ranking",
    "SelectionRound",
    "SharedSeats",
    "Shortlist",
    "StreamRule",
    "Waiver",
    "WhatIf",
]
