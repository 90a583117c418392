"""Set the milestones of a cohort, and give one person longer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models.functions import Now

from mats_portal.cohorts.deadlines import describe
from mats_portal.cohorts.letters import EXTENSION
from mats_portal.cohorts.models import Cohort, Extension, Milestone
from mats_portal.cohorts.states import CLOSING_KINDS, MilestoneKind
from mats_portal.journal.services import record
from mats_portal.outbox.services import post_letter
from mats_portal.people.models import Person
from mats_portal.web.errors import Refusal
from mats_portal.web.text import clean_text


class DatesOutOfOrder(Refusal):
    """Something would close before it opens. Check the two dates."""


class DeadlineShortened(Refusal):
    """People would lose time that they were promised. Confirm it if that is meant."""


class NotADeadline(Refusal):
    """Only a deadline can be extended."""


class MilestoneNotSet(Refusal):
    """This deadline has no date yet. Set it on the dates page first."""


class ExtensionTooEarly(Refusal):
    """An extension has to be later than the deadline itself."""


@transaction.atomic
def set_milestones(
    *,
    cohort: Cohort,
    dates: Mapping[MilestoneKind, datetime | None],
    by: Person,
    is_shortening_confirmed: bool = False,
) -> list[MilestoneKind]:
    """Keep the named dates all at once (None takes one away); returns the kinds that changed.

    Raises DatesOutOfOrder, and DeadlineShortened when a running deadline would come
    earlier or disappear and that was not confirmed.
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
    return changed


@transaction.atomic
def give_extension(
    *, cohort: Cohort, kind: MilestoneKind, person: Person, at: datetime, reason: str, by: Person
) -> Extension:
    """Give a person until another instant, and tell them by letter. Given again, it replaces the earlier one.

    Raises NotADeadline, MilestoneNotSet, ExtensionTooEarly.
    """
    if kind not in CLOSING_KINDS:
        raise NotADeadline()
    own = Milestone.objects.select_for_update().filter(cohort=cohort, kind=kind).first()
    if own is None:
        raise MilestoneNotSet()
    if at <= own.at:
        raise ExtensionTooEarly(f"The deadline is {describe(own.at, cohort.zone)}. Give a later one.")
    facts = {"at": at, "reason": clean_text(reason).strip(), "given_by": by, "given_at": Now()}
    extension, _ = Extension.objects.update_or_create(cohort=cohort, kind=kind, person=person, defaults=facts)
    entry = record(
        by=by, verb="give extension", subject=person, cohort=cohort, facts={"kind": str(kind), "at": at.isoformat()}
    )
    words = {"what": kind.label, "until": describe(at, cohort.zone), "cohort": cohort.name}
    post_letter(kind=EXTENSION, to=person, key=f"extension:{entry.pk}", facts=words, cohort=cohort)
    return extension


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
