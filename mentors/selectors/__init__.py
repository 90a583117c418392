"""Reads about reviewing, ranking and selecting, each from the reader's point of view."""

from mentors.selectors.assigning import assignment_plan, review_candidates
from mentors.selectors.market import selection_inputs
from mentors.selectors.offers import free_seats, offers_visible_to
from mentors.selectors.progress import assignments_of_reviewers
from mentors.selectors.ranking import between_streams, ranking_rows, standings, streams_ranked_by, streams_status
from mentors.selectors.reviewing import (
    assessable_by,
    conflicted_applications,
    owes_review,
    review_queue,
)
from mentors.selectors.scores import assessments_visible_to, score_summaries

__all__ = [
    "assessable_by",
    "assessments_visible_to",
    "assignment_plan",
    "assignments_of_reviewers",
    "between_streams",
    "conflicted_applications",
    "free_seats",
    "offers_visible_to",
    "owes_review",
    "ranking_rows",
    "review_candidates",
    "review_queue",
    "score_summaries",
    "selection_inputs",
    "standings",
    "streams_ranked_by",
    "streams_status",
]
