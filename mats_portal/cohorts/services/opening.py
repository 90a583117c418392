"""Open a cohort, and change what it is called and how it is shown."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from mats_portal.cohorts.deadlines import ANYWHERE_ON_EARTH
from mats_portal.cohorts.models import Cohort, Milestone, Track
from mats_portal.cohorts.proposals import proposed_dates, shifted_dates
from mats_portal.cohorts.services.calendar import set_milestones
from mats_portal.cohorts.services.members import open_membership
from mats_portal.cohorts.states import CohortRole, MilestoneKind
from mats_portal.journal.services import record
from mats_portal.people.models import Person
from mats_portal.web.errors import Refusal
from mats_portal.web.furnishing import furnishings

CHANGEABLE = ("name", "site", "welcome", "scholar_noun", "zone", "seats", "max_preferences", "names_open", "is_public")


class CohortNameTaken(Refusal):
    """There is a cohort of this name or address already. Choose another one."""


@transaction.atomic
def create_cohort(
    *,
    slug: str,
    name: str,
    by: Person,
    zone: str = ANYWHERE_ON_EARTH,
    in_person_on: date | None = None,
    copied_from: Cohort | None = None,
    is_synthetic: bool = False,
    **details: Any,
) -> Cohort:
    """Open a cohort; whoever opens it becomes its first staff member.

    With `in_person_on` all milestones are proposed from that day: as in the cohort
    `copied_from`, moved, or else the usual ones. Its tracks are copied, too. `details`
    are other fields of the cohort. Raises CohortNameTaken, DatesOutOfOrder.
    """
    if Cohort.objects.filter(Q(slug=slug) | Q(name=name)).exists():
        raise CohortNameTaken()
    cohort = Cohort.objects.create(slug=slug, name=name, zone=zone, is_synthetic=is_synthetic, **details)
    record(by=by, verb="open cohort", subject=cohort, cohort=cohort, facts={"name": name})
    open_membership(cohort=cohort, person=by, role=CohortRole.STAFF, by=by, reason="opened the cohort")
    if copied_from is not None:
        tracks = Track.objects.filter(cohort=copied_from).values_list("name", flat=True)
        Track.objects.bulk_create([Track(cohort=cohort, name=track) for track in tracks])
    if in_person_on is not None:
        set_milestones(cohort=cohort, dates=_dates(copied_from, in_person_on, zone), by=by)
    for prepare in furnishings("new_cohort"):
        prepare(cohort=cohort, by=by)
    return cohort


@transaction.atomic
def change_cohort(*, cohort: Cohort, by: Person, **details: Any) -> Cohort:
    """Keep new values of the fields in CHANGEABLE. Raises CohortNameTaken."""
    cohort = Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)
    if Cohort.objects.filter(name=details.get("name", cohort.name)).exclude(pk=cohort.pk).exists():
        raise CohortNameTaken()
    changed = [field for field in CHANGEABLE if field in details and details[field] != getattr(cohort, field)]
    for field in changed:
        setattr(cohort, field, details[field])
    if changed:
        cohort.save(update_fields=changed)
        record(by=by, verb="change cohort", subject=cohort, cohort=cohort, facts={"fields": changed})
    return cohort


def _dates(copied_from: Cohort | None, in_person_on: date, zone: str) -> dict[MilestoneKind, Any]:
    if copied_from is None:
        return proposed_dates(in_person_on, zone)
    dates = {MilestoneKind(row.kind): row.at for row in Milestone.objects.filter(cohort=copied_from)}
    return shifted_dates(dates, copied_from.zone, in_person_on, zone)
