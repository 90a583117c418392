"""Reads about who may apply, and how long applying takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from applications.models import EligibilityCheck
from applications.states import EligibilityState
from mats_portal.cohorts.models import Cohort
from mats_portal.questionnaires.effort import effort_words
from mats_portal.questionnaires.gate import stops_in
from mats_portal.questionnaires.models import Version
from mats_portal.questionnaires.selectors import (
    answers_of,
    current_version,
    current_versions,
    expected_minutes,
    questionnaire_of,
    questions_of,
)
from mats_portal.questionnaires.states import Purpose


@dataclass(frozen=True, slots=True)
class Gate:
    """The eligibility questions of a cohort, and what came of one person's answers."""

    version: Version
    check: EligibilityCheck | None

    @property
    def may_apply(self) -> bool:
        """Whether the person may start an application."""
        return self.check is not None and self.check.may_apply


def gate_for(person: Any, cohort: Cohort) -> Gate | None:
    """The gate in front of the application, as this person finds it; None when the cohort asks nothing first.

    Whoever has answered keeps the version they answered.
    """
    version = current_version(questionnaire_of(cohort, Purpose.ELIGIBILITY))
    if version is None or not version.questions.exists():
        return None
    own = EligibilityCheck.objects.filter(cohort=cohort, person_id=person.pk)
    check = own.select_related("sheet__version", "cohort", "person").first()
    return Gate(check.sheet.version if check else version, check)


def stops_of(check: EligibilityCheck) -> list[str]:
    """What the person's answers do not fit, a sentence each."""
    return stops_in(questions_of(check.sheet.version), answers_of(check.sheet))


def checks_of(cohort: Cohort) -> QuerySet[EligibilityCheck]:
    """Everybody whose answers stopped them, whom staff let through included."""
    rows = EligibilityCheck.objects.filter(cohort=cohort).exclude(state=EligibilityState.PASSED)
    return rows.select_related("person", "decided_by")


def efforts_of(cohort: Cohort) -> dict[int | None, str]:
    """How long each questionnaire takes, in words, by stream key (None: the general questions)."""
    return {key: effort_words(expected_minutes(version)) for key, version in current_versions(cohort).items()}
