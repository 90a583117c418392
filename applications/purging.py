"""Sensitive answers and files of those who were not chosen: what would go, the figures of them, and their removal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import BooleanField, F, Func, Q, QuerySet, Value

from applications import papers
from applications.models import Application, Submission
from applications.services.emptying import empty_answers
from mats_portal.questionnaires.filing import let_go
from mats_portal.questionnaires.models import Answer, AnswerFile
from mats_portal.questionnaires.states import QuestionKind, Retention
from mats_portal.web.keeping import Part, Purge, Tally

# A sensitive answer that says something, or one that gives a file, in the content of a submission.
LEFT = (
    '$.parts[*].answers[*] ? ((@.is_sensitive == true || @.retention == "unsuccessful" || @.kind == "file")'
    ' && (@.text != "" || @.choices[*] != ""))'
)


def is_to_go(answer: dict[str, Any]) -> bool:
    """Whether an answer of a submission is kept only until its person is not chosen."""
    is_file = answer["kind"] == QuestionKind.FILE
    return bool(answer["is_sensitive"]) or answer.get("retention") == Retention.UNSUCCESSFUL or is_file


def _held(answer: dict[str, Any]) -> bool:
    return is_to_go(answer) and bool(answer["text"] or answer["choices"])


def _sensitive(cohort: Any) -> QuerySet[Submission]:
    """The submissions in which a sensitive answer is left, found by the database, so that no other is loaded."""
    left = Func(
        "content",
        Value(LEFT),
        template="jsonb_path_exists(%(expressions)s::jsonpath)",
        output_field=BooleanField(),
    )
    return Submission.objects.filter(left, application__cohort=cohort)


def preview(cohort: Any, chosen: Any) -> list[Part]:
    """How many hold sensitive answers, and question by question how many answers there are."""
    people: set[int] = set()
    by_question: dict[str, int] = {}
    for person, answer in _answers(_sensitive(cohort).exclude(application__person__in=chosen)):
        people.add(person)
        by_question[answer["wording"]] = by_question.get(answer["wording"], 0) + 1
    drafts = _drafts(cohort, chosen)
    return [
        Part("People who were not chosen, with answers that go", len(people)),
        *(Part(f"“{wording}”", count) for wording, count in by_question.items()),
        Part("The same in drafts", drafts.count()),
        *papers.preview(cohort, chosen),
    ]


def tallies(cohort: Any, chosen: Any) -> list[Tally]:
    """How everybody's latest submission answered each sensitive question, the chosen among them."""
    latest = _sensitive(cohort).filter(number=F("application__submission_count"))
    answered: dict[str, int] = {}
    counts: dict[str, dict[str, int]] = {}
    for _, answer in _answers(latest):
        wording = answer["wording"]
        answered[wording] = answered.get(wording, 0) + 1
        options = counts.setdefault(wording, {})
        for choice in answer["choices"]:
            options[choice] = options.get(choice, 0) + 1
    figures = [papers.tally_of(wording, count, counts[wording]) for wording, count in answered.items()]
    return [*figures, *papers.tallies(cohort, chosen)]


def purge(cohort: Any, chosen: Any) -> tuple[int, int]:
    """Empty the answers, in what was submitted and in drafts, and remove the files; returns people and things."""
    people, things = papers.purge(cohort, chosen)
    holding = _sensitive(cohort).values("application")
    unsuccessful = Application.objects.filter(pk__in=holding).exclude(person__in=chosen).select_related("person")
    for application in unsuccessful.order_by("pk").iterator(chunk_size=200):
        if count := empty_answers(application=application, is_to_go=is_to_go):
            people.add(application.person_id)
            things += count
    deleted, _ = _drafts(cohort, chosen).delete()
    let_go(AnswerFile.objects.filter(sheet__version__questionnaire__cohort=cohort))
    return len(people), things + deleted


def _answers(submissions: QuerySet[Submission]) -> Iterable[tuple[int, dict[str, Any]]]:
    """The person's key and each sensitive answer that holds something."""
    rows = submissions.values_list("application__person", "content")
    for person, content in rows.iterator(chunk_size=500):
        yield from ((person, answer) for part in content["parts"] for answer in part["answers"] if _held(answer))


def _drafts(cohort: Any, chosen: Any) -> QuerySet[Answer]:
    sensitive = Q(question__is_sensitive=True) | Q(question__retention=Retention.UNSUCCESSFUL)
    sensitive |= Q(question__kind=QuestionKind.FILE)
    own = Answer.objects.filter(sensitive, question__version__questionnaire__cohort=cohort)
    return own.exclude(sheet__person__in=chosen).exclude(text="", choices=[])


SENSITIVE = Purge(preview=preview, tallies=tallies, purge=purge)
