"""Read the journal."""

from django.db import models
from django.db.models import QuerySet

from mats_portal.journal.models import Entry


def subject_name(subject: models.Model) -> str:
    """How an entry names its subject: the model's label and the public code (or the key)."""
    name = getattr(subject, "code", None) or getattr(subject, "slug", None) or subject.pk
    return f"{subject._meta.label_lower}:{name}"


def entries_about(subject: models.Model) -> QuerySet[Entry]:
    """All entries about one thing, newest first, with their actors."""
    return Entry.objects.filter(subject=subject_name(subject)).select_related("actor")


def entries_in_cohort(slug: str) -> QuerySet[Entry]:
    """All entries of one cohort, newest first, with their actors."""
    return Entry.objects.filter(cohort_slug=slug).select_related("actor")
