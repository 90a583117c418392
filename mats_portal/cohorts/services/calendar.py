"""Set the milestones of a cohort."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models.functions import Now

from mats_portal.cohorts.deadlines import describe
from mats_portal.cohorts.models import Cohort, Milestone
from mats_portal.cohorts.states import CLOSING_KINDS, GRACE_KINDS, MilestoneKind
from mats_portal.journal.services import record
from mats_portal.outbox.services import replan_reminders
from mats_portal.people.models import Person
from mats_portal.web.errors import Refusal


class DatesOutOfOrder(Refusal):
    """Something would close before it opens. Check the two dates."""


class DeadlineShortened(Refusal):
    """People would lose time that they were promised. Confirm it if that is meant."""


@transaction.atomic
def set_milestones(
    *,
    cohort: Cohort,
    dates: Mapping[MilestoneKind, datetime | None],
    by: Person,
    is_shortening_confirmed: bool = False,
    grace: Mapping[MilestoneKind, int] | None = None,
) -> list[MilestoneKind]:
    """Keep the named dates all at once (None takes one away); returns the kinds that changed.

    grace: for how many minutes (0 to 60) after a close something is still taken, for the kinds
    named. A deadline moved later opens again what had closed; reminders are planned anew in the
    same transaction. Raises DatesOutOfOrder, and DeadlineShortened when a running deadline
    would come earlier or disappear and that was not confirmed.
    """
    Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)
    before = {MilestoneKind(row.kind): row.at for row in Milestone.objects.filter(cohort=cohort)}
    after = {kind: at for kind, at in {**before, **dates}.items() if at is not None}
    changed = [kind for kind in MilestoneKind if before.get(kind) != after.get(kind)]
    _check_order(after)
    if not is_shortening_confirmed:
        _check_promises(cohort, changed, after)
    for kind in changed:
        if kind in after:
            Milestone.objects.update_or_create(cohort=cohort, kind=kind, defaults={"at": after[kind]})
        else:
            Milestone.objects.filter(cohort=cohort, kind=kind).delete()
    if changed:
        facts = {str(kind): [_iso(before.get(kind)), _iso(after.get(kind))] for kind in changed}
        record(by=by, verb="set dates", subject=cohort, cohort=cohort, facts=facts)
        replan_reminders(cohort=cohort)
    eased = _set_grace(cohort, grace or {}, by)
    return [kind for kind in MilestoneKind if kind in changed or kind in eased]


def _set_grace(cohort: Cohort, grace: Mapping[MilestoneKind, int], by: Person) -> set[MilestoneKind]:
    """Keep the minutes of grace; returns the kinds whose minutes changed."""
    rows = {MilestoneKind(row.kind): row for row in Milestone.objects.filter(cohort=cohort, kind__in=GRACE_KINDS)}
    changed = {kind for kind, minutes in grace.items() if kind in rows and rows[kind].grace_minutes != minutes}
    for kind in changed:
        Milestone.objects.filter(pk=rows[kind].pk).update(grace_minutes=grace[kind])
    if changed:
        facts = {f"{kind} grace": [rows[kind].grace_minutes, grace[kind]] for kind in changed}
        record(by=by, verb="set grace", subject=cohort, cohort=cohort, facts=facts)
    return changed


def _check_order(dates: Mapping[MilestoneKind, datetime]) -> None:
    for opening, closing in (
        (MilestoneKind.APPLICATIONS_OPEN, MilestoneKind.APPLICATIONS_CLOSE),
        (MilestoneKind.IN_PERSON_STARTS, MilestoneKind.IN_PERSON_ENDS),
        (MilestoneKind.EXTENSION_STARTS, MilestoneKind.EXTENSION_ENDS),
    ):
        if opening in dates and closing in dates and dates[closing] <= dates[opening]:
            raise DatesOutOfOrder(f"“{closing.label}” has to come after “{opening.label}”. Check the two dates.")


def _check_promises(cohort: Cohort, changed: list[MilestoneKind], after: Mapping[MilestoneKind, datetime]) -> None:
    running = Milestone.objects.filter(cohort=cohort, kind__in=CLOSING_KINDS & set(changed), at__gt=Now())
    shortened = [row for row in running if row.kind not in after or after[MilestoneKind(row.kind)] < row.at]
    if shortened:
        names = ", ".join(f"“{row.get_kind_display()}” ({describe(row.at, cohort.zone)})" for row in shortened)
        raise DeadlineShortened(f"People were promised more time: {names}. Confirm it if that is meant.")


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
