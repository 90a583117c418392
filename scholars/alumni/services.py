"""Add outcomes. A row is never changed: what is still true is a new row with a new day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from mats_portal.cohorts.models import Cohort
from mats_portal.journal.services import record
from mats_portal.web.errors import Refusal
from scholars.alumni.models import Outcome
from scholars.alumni.policies import can_record_outcome, can_say_outcome
from scholars.alumni.selectors import latest_of
from scholars.alumni.states import Category, Method
from scholars.models import Scholar


class NotAnAlumnus(Refusal):
    """Only alumni of the cohort are asked what they do now."""


class MayNotRecord(Refusal):
    """Programme staff of the cohort record outcomes of others, never their own."""


class NotSaidByStaff(Refusal):
    """What somebody says themselves only they can record. Choose how you know it: a public profile, or from them."""


class NothingKnown(Refusal):
    """We know nothing yet that could still be true. Tell us what you do now."""


@dataclass(frozen=True, slots=True)
class Doing:
    """What somebody does on a day."""

    category: Category
    as_of: date
    organisation: str = ""
    note: str = ""


@transaction.atomic
def say_outcome(*, cohort: Cohort, doing: Doing, form_key: str, by: Any) -> Outcome:
    """An alumna or alumnus says what they do; the same form sent twice says it once. Raises NotAnAlumnus."""
    if not can_say_outcome(by, cohort).allowed:
        raise NotAnAlumnus
    return _add(by, cohort, doing, Method.SELF, form_key, by)


@transaction.atomic
def say_still_true(*, cohort: Cohort, as_of: date, form_key: str, by: Any) -> Outcome:
    """What we last knew is still so, says the person: a new row, by themselves. Raises NotAnAlumnus, NothingKnown."""
    latest = latest_of(by, cohort)
    if latest is None:
        raise NothingKnown
    doing = Doing(Category(latest.category), as_of, latest.organisation)
    return say_outcome(cohort=cohort, doing=doing, form_key=form_key, by=by)


@transaction.atomic
def record_outcome(*, scholar: Scholar, doing: Doing, method: Method, form_key: str, by: Any) -> Outcome:
    """Staff record what they know of somebody, and how. Raises MayNotRecord, NotSaidByStaff."""
    if method == Method.SELF:
        raise NotSaidByStaff
    if not can_record_outcome(by, scholar).allowed:
        raise MayNotRecord
    return _add(scholar.person, scholar.cohort, doing, method, form_key, by)


def _add(person: Any, cohort: Cohort, doing: Doing, method: Method, form_key: str, by: Any) -> Outcome:
    outcome, is_new = Outcome.objects.get_or_create(
        recorded_by=by,
        form_key=form_key,
        defaults={
            "person": person,
            "cohort": cohort,
            "category": doing.category,
            "method": method,
            "as_of": doing.as_of,
            "organisation": doing.organisation,
            "note": doing.note,
        },
    )
    if is_new:
        facts = {"method": str(method), "as_of": doing.as_of.isoformat()}
        record(by=by, verb="record outcome", subject=outcome, cohort=cohort, facts=facts)
    return outcome
