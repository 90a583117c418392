"""Read the journal."""

from typing import Any

from django.db import models
from django.db.models import Case, Q, QuerySet, Value, When
from django.db.models.functions import Now

from mats_portal.journal.models import Deed, Entry


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


def deeds_visible_to(person: Any) -> QuerySet[Deed]:
    """The person's own, newest first, each with `can_be_undone` by the database's clock."""
    if not person.is_authenticated:
        return Deed.objects.none()
    open_ = Q(undone_at=None, until__gt=Now())
    return Deed.objects.filter(by_id=person.pk).annotate(
        can_be_undone=Case(When(open_, then=Value(True)), default=Value(False))
    )
