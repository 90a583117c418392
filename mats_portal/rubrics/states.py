"""What a rubric is for, and what a criterion measures."""

from django.db.models import TextChoices


class RubricPurpose(TextChoices):
    """What is scored."""

    APPLICATION = "application", "Applications"
    PLAN = "plan", "Research plans"


class Dimension(TextChoices):
    """Motivation is kept apart from ability, in every table and figure."""

    ABILITY = "ability", "Ability"
    MOTIVATION = "motivation", "Motivation"
