"""Answer the eligibility questions; ask staff to look; let somebody through."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.urls import reverse

from applications.errors import (
    AlreadyEligible,
    ApplicationsClosed,
    ApplicationsNotOpen,
    NothingToAnswer,
    NotYours,
    QuestionsMissing,
)
from applications.letters import LET_THROUGH
from applications.models import EligibilityCheck
from applications.selectors import window_of
from applications.selectors.eligibility import gate_for, stops_of
from applications.states import EligibilityState
from mats_portal.cohorts.models import Cohort
from mats_portal.journal.services import record
from mats_portal.outbox.services import post_letter
from mats_portal.questionnaires.fitting import Value
from mats_portal.questionnaires.models import AnswerSheet
from mats_portal.questionnaires.selectors import problems_of
from mats_portal.questionnaires.services import save_answers
from mats_portal.web.links import absolute


@transaction.atomic
def answer_eligibility(*, cohort: Cohort, values: Mapping[str, Value], by: Any) -> EligibilityCheck:
    """Keep the answers and judge them by the cohort's rules; they can be corrected as long as applications are open.

    Whoever was let through stays so. Raises `NothingToAnswer`, `ApplicationsNotOpen`, `ApplicationsClosed`,
    `QuestionsMissing`, `UnknownChoice`, `AnswerTooLong`, and then keeps nothing.
    """
    window = window_of(cohort, by)
    if window.is_closed:
        raise ApplicationsClosed(window.closes_at)
    if not window.is_open:
        raise ApplicationsNotOpen
    Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)  # one check, however often the button is pressed
    gate = gate_for(by, cohort)
    if gate is None:
        raise NothingToAnswer
    check = gate.check or EligibilityCheck(
        cohort=cohort, person=by, sheet=AnswerSheet.objects.create(version=gate.version, person=by)
    )
    save_answers(sheet=check.sheet, values=values, expected_revision=check.sheet.revision, by=by)
    if problems := problems_of(check.sheet):
        raise QuestionsMissing(problems)
    before = check.state
    if before != EligibilityState.LET_THROUGH:
        stopped = EligibilityState.ASKED if before == EligibilityState.ASKED else EligibilityState.STOPPED
        check.state = stopped if stops_of(check) else EligibilityState.PASSED
    check.save()
    EligibilityCheck.objects.filter(pk=check.pk).update(checked_at=Now())
    if check.state != before:
        record(by=by, verb="check eligibility", subject=check, cohort=cohort, facts={"state": str(check.state)})
    return check


@transaction.atomic
def ask_to_be_let_through(*, check: EligibilityCheck, words: str, by: Any) -> None:
    """Ask staff to look at answers that stopped somebody. Raises `NotYours`, `AlreadyEligible`."""
    if check.person_id != by.pk:
        raise NotYours
    stopped = EligibilityCheck.objects.filter(pk=check.pk, state__in=[EligibilityState.STOPPED, EligibilityState.ASKED])
    if not stopped.update(state=EligibilityState.ASKED, words=words, asked_at=Now()):
        raise AlreadyEligible
    record(by=by, verb="ask to be let through", subject=check, cohort=check.cohort)


@transaction.atomic
def let_through(*, check: EligibilityCheck, reason: str, by: Any) -> None:
    """Let somebody apply whose answers stopped them, and tell them by letter. Raises `AlreadyEligible`."""
    stopped = EligibilityCheck.objects.filter(pk=check.pk, state__in=[EligibilityState.STOPPED, EligibilityState.ASKED])
    changed = stopped.update(state=EligibilityState.LET_THROUGH, decided_by=by, decided_at=Now(), reason=reason)
    if not changed:
        raise AlreadyEligible
    record(by=by, verb="let through", subject=check, cohort=check.cohort, facts={"reason": reason})
    post_letter(
        kind=LET_THROUGH,
        to=check.person,
        key=f"let through:{check.code}",
        facts={"cohort": check.cohort.name, "url": absolute(reverse("applications:apply", args=[check.cohort.slug]))},
        cohort=check.cohort,
        about=f"applications.eligibilitycheck:{check.code}",
    )
