"""Looking at a page with somebody else's eyes."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.db import transaction

from mats_portal.cohorts.models import Cohort
from mats_portal.journal.services import record
from mats_portal.people.models import Person


@transaction.atomic
def note_view_as(*, person: Person, address: str, cohort: Cohort, by: Any) -> None:
    """Note in the journal whose page somebody looked at, before they do."""
    record(by=by, verb="view as", subject=person, cohort=cohort, facts={"page": urlsplit(address).path})
