"""Ask reviewers once more, by a letter that goes only to who has not finished."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.urls import reverse

from mats_portal.cohorts.deadlines import describe
from mats_portal.cohorts.models import Cohort
from mats_portal.journal.services import record
from mats_portal.outbox.services import post_letter
from mats_portal.people.models import Person
from mats_portal.web.links import absolute
from mats_portal.web.text import clean_text, counted
from mentors.errors import NobodyToNudge
from mentors.letters import NUDGE
from mentors.selectors.progress import Behind, reviewers_behind


def nudge_facts(cohort: Cohort, behind: Behind, note: str, by: Any) -> dict[str, Any]:
    """What the letter to one reviewer says."""
    return {
        "cohort": cohort.name,
        "left": counted(behind.left, "review", "reviews"),
        "asked": behind.asked,
        "is_late": behind.is_late,
        "due": describe(behind.due_at, cohort.zone) if behind.due_at else "",
        "note": clean_text(note).strip(),
        "by": str(by),
        "url": absolute(reverse("mentors:review", args=[cohort.slug])),
    }


@transaction.atomic
def nudge_reviewers(*, cohort: Cohort, people: Collection[Person], note: str, form_key: str, by: Any) -> int:
    """Write to those of the people who still have a review left, each with their own number; returns how many.

    form_key: of the preview, so that sending it twice writes once. Each letter is checked once more just before it is
    delivered: who has finished by then gets none. Raises `NobodyToNudge`.
    """
    behind = reviewers_behind(cohort, people)
    sent = 0
    for one in behind:
        letter = post_letter(
            kind=NUDGE,
            key=f"nudge:{cohort.slug}:{one.person.code}:{form_key}",
            to=one.person,
            facts=nudge_facts(cohort, one, note, by),
            cohort=cohort,
        )
        sent += letter is not None
    if not sent:
        raise NobodyToNudge
    record(by=by, verb="nudge reviewers", subject=cohort, cohort=cohort, facts={"letters": sent})
    return sent
