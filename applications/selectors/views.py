"""Reads about saved views of the applications table."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from applications.models import SavedView
from mats_portal.cohorts.selectors import cohorts_run_by


def saved_views_visible_to(person: Any) -> QuerySet[SavedView]:
    """Their own and those shared with them, by name, in the cohorts that they run."""
    run = SavedView.objects.filter(cohort__in=cohorts_run_by(person)).select_related("owner")
    return run.filter(Q(owner_id=person.pk) | Q(is_shared=True))
