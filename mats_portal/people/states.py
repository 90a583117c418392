"""Roles that hold everywhere, not in one cohort only."""

from django.db.models import TextChoices


class Role(TextChoices):
    """What a person may do in the whole portal. Everything else is a membership of a cohort."""

    ADMIN = "admin", "Administrator"
    COORDINATOR = "coordinator", "Coordinator"  # opens cohorts, and becomes staff of each


class InvitationState(TextChoices):
    """The life of an invitation."""

    OPEN = "open", "waiting for an answer"
    ACCEPTED = "accepted", "accepted"
    WITHDRAWN = "withdrawn", "withdrawn"
