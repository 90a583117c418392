"""Open and close memberships. Rows are closed, never overwritten, so that the past can be told."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from mats_portal.cohorts.models import Cohort, Membership, MembershipQuerySet, Stream
from mats_portal.cohorts.states import SIDE_OF_ROLE, STREAM_ROLES, CohortRole, Side
from mats_portal.journal.services import record
from mats_portal.people.models import Person
from mats_portal.web.errors import Refusal
from mats_portal.web.text import clean_line


class WouldBridgeTheGap(Refusal):
    """Whoever supports the scholars of a cohort never evaluates in it, and the other way round. Ask somebody else."""


class MembershipHeld(Refusal):
    """This person holds the role already."""


class StreamNeeded(Refusal):
    """A mentor belongs to a stream of the cohort. Choose one."""


class MembershipEnded(Refusal):
    """This membership has ended already."""


class LastStaffMember(Refusal):
    """This is the last of the programme staff. Give the role to somebody else first."""


@transaction.atomic
def open_membership(
    *,
    cohort: Cohort,
    person: Person,
    role: CohortRole,
    by: Person | None,
    stream: Stream | None = None,
    reason: str = "",
) -> Membership:
    """The person holds the role from now on; `by` None is the portal itself.

    Raises StreamNeeded, MembershipHeld, WouldBridgeTheGap.
    """
    if role in STREAM_ROLES and (stream is None or stream.cohort_id != cohort.pk):
        raise StreamNeeded()
    held = Membership.objects.in_cohort(cohort).filter(person=person)
    _check_gap(held, cohort, person, SIDE_OF_ROLE[role])
    if held.open().filter(role=role, stream=stream).exists():
        raise MembershipHeld(f"{person} holds the role already: {role.label.lower()}.")
    membership = Membership(
        cohort=cohort, person=person, role=role, side=SIDE_OF_ROLE[role], stream=stream, reason=clean_line(reason)
    )
    try:
        with transaction.atomic():
            membership.save()
    except IntegrityError as error:  # Somebody else was quicker: the database keeps the rule.
        bridges = "nobody_both_supports_and_evaluates" in str(error)
        raise (WouldBridgeTheGap() if bridges else MembershipHeld()) from error
    record(by=by, verb="open membership", subject=person, cohort=cohort, facts=_facts(membership))
    return membership


@transaction.atomic
def close_membership(*, membership: Membership, by: Person | None, reason: str = "") -> None:
    """End a membership now. Raises MembershipEnded, LastStaffMember."""
    cohort = membership.cohort
    if membership.role == CohortRole.STAFF:
        # All staff rows are locked, so that the last two cannot remove each other at once.
        staff = Membership.objects.select_for_update().open().in_cohort(cohort).in_role(CohortRole.STAFF)
        if [row.pk for row in staff] == [membership.pk]:
            raise LastStaffMember()
    ending = {"until": Now(), "reason": clean_line(reason) or membership.reason}
    if not Membership.objects.open().filter(pk=membership.pk).update(**ending):
        raise MembershipEnded()
    facts = _facts(membership) | {"reason": clean_line(reason)}
    record(by=by, verb="close membership", subject=membership.person, cohort=cohort, facts=facts)


def _check_gap(held: MembershipQuerySet, cohort: Cohort, person: Person, side: Side) -> None:
    opposite = {Side.SUPPORT: Side.EVALUATION, Side.EVALUATION: Side.SUPPORT}.get(side)
    if opposite is None or not held.filter(side=opposite).exists():
        return
    has, wants = ("supports", "evaluate") if opposite == Side.SUPPORT else ("evaluates", "support")
    raise WouldBridgeTheGap(
        f"{person} {has} in {cohort}, now or earlier, so they cannot {wants} there. "
        "Scholars are promised that these are different people: ask somebody else."
    )


def _facts(membership: Membership) -> dict[str, str]:
    stream = membership.stream.code if membership.stream else ""
    return {"role": str(membership.role), "stream": stream}
