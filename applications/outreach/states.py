"""Where a tracked link leads."""

from django.db.models import TextChoices


class Target(TextChoices):
    """The page behind a link, as staff read it."""

    COHORT = "cohort", "The cohort's page"
    INTEREST = "interest", "The interest form"
    APPLY = "apply", "The application"
