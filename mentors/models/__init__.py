"""Reviewing, ranking, matching and offering."""

from mentors.models.offers import Offer, OfferQuerySet, SelectionRound
from mentors.models.ranking import Ranking, Shortlist
from mentors.models.reviewing import Assessment, Assignment, AssignmentQuerySet, Conflict, Waiver

__all__ = [
    "Assessment",
    "Assignment",
    "AssignmentQuerySet",
    "Conflict",
    "Offer",
    "OfferQuerySet",
    "Ranking",
    "SelectionRound",
    "Shortlist",
    "Waiver",
]
