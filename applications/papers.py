"""What goes with the sensitive answers of those who were not chosen: CVs, letters about them, gate answers.

All take the cohort and the primary keys of the people who were chosen, as `web.keeping.Purge` has it.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Now

from applications.models import Document, EligibilityCheck, ReferenceLetter, Submission
from applications.states import EligibilityState
from mats_portal.questionnaires.models import Answer, AnswerSheet
from mats_portal.web.keeping import Part, Tally

FEWEST = 5  # a smaller number could be told apart
STOPPED = (EligibilityState.STOPPED, EligibilityState.ASKED)


def safe(count: int) -> int | None:
    """A count that may be kept; None for one that could be told apart."""
    return count if count >= FEWEST else None


def tally_of(question: str, answered: int, counts: dict[str, int]) -> Tally:
    """The figures of one question, each only where it may be kept."""
    return Tally(question, safe(answered), {option: safe(count) for option, count in sorted(counts.items())})


def preview(cohort: Any, chosen: Any) -> list[Part]:
    """How many CVs, letters, and people whom the eligibility questions stopped."""
    return [
        Part("CVs of people who were not chosen", _documents(cohort).exclude(application__person__in=chosen).count()),
        Part("Letters of reference about them", _letters(cohort, chosen).count()),
        Part("People whom the eligibility questions stopped, with their answers", _stopped(cohort, chosen).count()),
    ]


def tallies(cohort: Any, chosen: Any) -> list[Tally]:
    """How many sent a CV and had letters, and how everybody who was stopped answered the eligibility questions."""
    counted = [("CV", _documents(cohort).count()), ("Letter of reference", _letters(cohort, ()).count())]
    found = [tally_of(what, count, {}) for what, count in counted if count]
    answered: dict[str, int] = {}
    counts: dict[str, dict[str, int]] = {}
    rows = Answer.objects.filter(sheet__eligibility_check__in=_stopped(cohort, ())).exclude(text="", choices=[])
    for wording, choices in rows.order_by("question__position").values_list("question__wording", "choices"):
        answered[wording] = answered.get(wording, 0) + 1
        options = counts.setdefault(wording, {})
        for choice in choices:
            options[choice] = options.get(choice, 0) + 1
    return [*found, *(tally_of(wording, count, counts[wording]) for wording, count in answered.items())]


def purge(cohort: Any, chosen: Any) -> tuple[set[int], int]:
    """Remove them; the keys of the people whom it concerns, and how many things went."""
    documents = _documents(cohort).exclude(application__person__in=chosen)
    letters, stopped = _letters(cohort, chosen), _stopped(cohort, chosen)
    people = {
        *documents.values_list("application__person", flat=True),
        *letters.values_list("reference__application__person", flat=True),
        *stopped.values_list("person", flat=True),
    }
    removed = len(documents)
    for document in documents:
        document.delete()
    _forget_documents(cohort, chosen)
    removed += letters.update(text="", relationship="")
    sheets = list(stopped.values_list("sheet", flat=True))
    stopped.delete()
    AnswerSheet.objects.filter(pk__in=sheets).delete()
    return people, removed + len(sheets)


def _forget_documents(cohort: Any, chosen: Any) -> None:
    """Take what is said of a CV, its name among it, out of what was submitted."""
    naming = Submission.objects.filter(application__cohort=cohort, content__has_key="cv")
    for submission in naming.exclude(application__person__in=chosen).order_by("pk").iterator(chunk_size=200):
        del submission.content["cv"]
        Submission.objects.filter(pk=submission.pk).update(content=submission.content, emptied_at=Now())


def _documents(cohort: Any) -> QuerySet[Document]:
    return Document.objects.filter(application__cohort=cohort)


def _letters(cohort: Any, chosen: Any) -> QuerySet[ReferenceLetter]:
    about = ReferenceLetter.objects.filter(reference__application__cohort=cohort).exclude(text="")
    return about.exclude(reference__application__person__in=chosen)


def _stopped(cohort: Any, chosen: Any) -> QuerySet[EligibilityCheck]:
    return EligibilityCheck.objects.filter(cohort=cohort, state__in=STOPPED).exclude(person__in=chosen)
