"""Save a view of the applications table under a name, and remove it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from applications.errors import NotYourView, TooManyViews
from applications.models import SavedView
from mats_portal.cohorts.models import Cohort
from mats_portal.journal.services import record
from mats_portal.web.text import clean_line

MOST_VIEWS = 30  # of one person in one cohort


@transaction.atomic
def save_view(*, cohort: Cohort, name: str, address: str, is_shared: bool, by: Any) -> SavedView:
    """Keep what stands in the table's address under a name; the same name again replaces what was kept.

    Raises `TooManyViews`.
    """
    name = clean_line(name)
    own = SavedView.objects.filter(cohort=cohort, owner=by)
    if own.exclude(name=name).count() >= MOST_VIEWS:
        raise TooManyViews
    facts = {"address": address, "is_shared": is_shared, "saved_at": Now()}
    saved, _ = SavedView.objects.update_or_create(cohort=cohort, owner=by, name=name, defaults=facts)
    record(by=by, verb="save view", subject=saved, cohort=cohort, facts={"shared": is_shared})
    return saved


@transaction.atomic
def remove_view(*, view: SavedView, by: Any) -> None:
    """Remove a view of one's own. Raises `NotYourView`."""
    if view.owner_id != by.pk:
        raise NotYourView
    record(by=by, verb="remove view", subject=view, cohort=view.cohort)
    view.delete()
