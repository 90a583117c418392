"""Do something to many applications at once: each can be undone for ten minutes."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from applications.errors import NobodyChosen, NobodyToRemind, SelectionChanged
from applications.letters import DRAFT_REMINDER
from applications.models import Application, ApplicationQuerySet, Label, Labelling
from applications.selectors.bulk import draft_letter, drafts_to_remind
from mats_portal.cohorts.models import Cohort
from mats_portal.journal.models import Deed
from mats_portal.journal.services import keep_deed, record
from mats_portal.outbox.models import Letter
from mats_portal.outbox.services import post_letter
from mats_portal.outbox.states import LetterState
from mats_portal.web.codes import new_code
from mats_portal.web.text import clean_line, counted

LABEL, UNLABEL, REMIND = "label applications", "take label away", "remind drafts"


@transaction.atomic
def label_applications(*, cohort: Cohort, applications: ApplicationQuerySet, name: str, expected: int, by: Any) -> Deed:
    """Put a label on them, making it if it is new; those that carry it already stay as they are.

    expected: how many the person saw chosen. Raises `NobodyChosen`, `SelectionChanged`.
    """
    keys = _chosen(applications, expected)
    label, _ = Label.objects.get_or_create(cohort=cohort, name=clean_line(name))
    carried = set(Labelling.objects.filter(label=label, application__in=keys).values_list("application", flat=True))
    new = [key for key in keys if key not in carried]
    Labelling.objects.bulk_create(
        (Labelling(label=label, application_id=key, by=by) for key in new), batch_size=5000, ignore_conflicts=True
    )
    record(by=by, verb=LABEL, subject=label, cohort=cohort, facts={"count": len(new)})
    sentence = f"“{label.name}” put on {counted(len(new), 'application', 'applications')}."
    return keep_deed(kind=LABEL, sentence=sentence, by=by, cohort=cohort, facts={"label": label.code, "keys": new})


@transaction.atomic
def unlabel_applications(*, label: Label, applications: ApplicationQuerySet, expected: int, by: Any) -> Deed:
    """Take a label away from them. Raises `NobodyChosen`, `SelectionChanged`."""
    keys = _chosen(applications, expected)
    carried = Labelling.objects.filter(label=label, application__in=keys)
    gone = list(carried.values_list("application", flat=True))
    carried.delete()
    record(by=by, verb=UNLABEL, subject=label, cohort=label.cohort, facts={"count": len(gone)})
    sentence = f"“{label.name}” taken from {counted(len(gone), 'application', 'applications')}."
    return keep_deed(
        kind=UNLABEL, sentence=sentence, by=by, cohort=label.cohort, facts={"label": label.code, "keys": gone}
    )


@transaction.atomic
def remind_drafts(*, cohort: Cohort, applications: ApplicationQuerySet, expected: int, by: Any) -> Deed:
    """Write to those who have a draft, can still submit it, and were not reminded within a day.

    The letters wait until the deed can no longer be undone. Raises `NobodyToRemind`, `SelectionChanged`.
    """
    if applications.count() != expected:
        raise SelectionChanged
    drafts = list(drafts_to_remind(applications))
    if not drafts:
        raise NobodyToRemind
    occasion = new_code()
    letters = [(draft, *draft_letter(draft)) for draft in drafts]
    keys = [f"{key}:{occasion}" for _, key, _ in letters]
    people = counted(len(drafts), "person", "people")
    sentence = f"A reminder to {people} with a draft; it leaves when it can no longer be undone."
    deed = keep_deed(kind=REMIND, sentence=sentence, by=by, cohort=cohort, facts={"letters": keys})
    for draft, key, told in letters:
        about = f"applications.application:{draft.code}"
        whole = f"{key}:{occasion}"
        post_letter(
            kind=DRAFT_REMINDER,
            to=draft.person,
            key=whole,
            facts=told,
            cohort=cohort,
            about=about,
            not_before=deed.until,
        )
    record(by=by, verb=REMIND, subject=cohort, cohort=cohort, facts={"count": len(drafts)})
    return deed


def undo_labelling(*, facts: dict[str, Any], by: Any) -> str:
    """Take the label from those that got it, and from nobody else."""
    Labelling.objects.filter(label__code=facts["label"], application__in=facts.get("keys", [])).delete()
    return "The label is gone from where you put it. Whoever carried it before still does."


def undo_unlabelling(*, facts: dict[str, Any], by: Any) -> str:
    """Put the label back."""
    label = Label.objects.filter(code=facts["label"]).first()
    standing: QuerySet[Application] = Application.objects.filter(pk__in=facts["keys"])
    rows = (Labelling(label=label, application=one, by=by) for one in standing.only("pk")) if label else ()
    Labelling.objects.bulk_create(rows, ignore_conflicts=True)
    return "The label is back where it was."


def undo_reminding(*, facts: dict[str, Any], by: Any) -> str:
    """Keep the letters that have not left."""
    waiting = Letter.objects.filter(key__in=facts["letters"], state=LetterState.PLANNED)
    kept = waiting.update(state=LetterState.CANCELLED, note="Undone by whoever asked for it.")
    return f"{counted(kept, 'letter is', 'letters are')} not sent."


def _chosen(applications: ApplicationQuerySet, expected: int) -> list[int]:
    keys = list(applications.values_list("pk", flat=True))
    if len(keys) != expected:
        raise SelectionChanged
    if not keys:
        raise NobodyChosen
    return keys
