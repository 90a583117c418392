"""Give the seats: one decision after the other is written down; nobody is told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from mats_portal.cohorts.models import Cohort
from mats_portal.journal.services import record
from mentors.candidacy.errors import CandidacyDecided
from mentors.candidacy.models import Candidacy
from mentors.candidacy.selectors import candidacies_visible_to


@transaction.atomic
def plan_seats(*, cohort: Cohort, seats: Mapping[str, int | None], by: Any) -> int:
    """Write down how many seats each candidacy is to get, by its code; None takes a decision back. Nobody is told.

    Codes that the person may not see, and decided ones, are left alone. Returns how many changed.
    """
    waiting = candidacies_visible_to(by).in_cohort(cohort).undecided().filter(code__in=seats)
    changed = {}
    for candidacy in Candidacy.objects.select_for_update().filter(pk__in=waiting.values("pk")):
        if candidacy.seats_given != seats[candidacy.code]:
            Candidacy.objects.filter(pk=candidacy.pk).update(seats_given=seats[candidacy.code])
            changed[candidacy.code] = [candidacy.seats_given, seats[candidacy.code]]
    if changed:
        record(by=by, verb="plan seats", subject=cohort, cohort=cohort, facts={"seats": changed})
    return len(changed)


@transaction.atomic
def plan_decision(*, candidacy: Candidacy, seats: int | None, stream_name: str, word: str, by: Any) -> None:
    """Write one decision down: the seats, the stream's name, what the candidate is told. Raises `CandidacyDecided`."""
    waiting = Candidacy.objects.undecided().filter(pk=candidacy.pk)
    if waiting.update(seats_given=seats, stream_name=stream_name, word=word) != 1:
        raise CandidacyDecided
    facts = {"seats": {candidacy.code: [candidacy.seats_given, seats]}}
    record(by=by, verb="plan seats", subject=candidacy, cohort=candidacy.cohort, facts=facts)
