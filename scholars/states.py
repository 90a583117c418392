"""The life of a scholar, and why somebody changes stream."""

from django.db.models import TextChoices

SCHOLARS = "Scholars"  # The group of the menu for those who are in the programme and those who were.


class ScholarState(TextChoices):
    """What staff read; a scholar reads the same."""

    ACTIVE = "active", "In the programme"
    FINISHED = "finished", "Finished"
    LEFT = "left", "Left early"


TRANSITIONS = {
    ScholarState.ACTIVE: frozenset({ScholarState.FINISHED, ScholarState.LEFT}),
    ScholarState.FINISHED: frozenset(),
    ScholarState.LEFT: frozenset(),
}


class SwitchReason(TextChoices):
    """Why a scholar changed stream."""

    INTERESTS = "interests", "Interests diverged"
    AVAILABILITY = "availability", "Mentor's availability"
    RELATION = "relation", "Working relation"
    PROJECT = "project", "Project ended"
    OTHER = "other", "Another reason"
