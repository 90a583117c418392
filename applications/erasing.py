"""What an application keeps about a person, question by question, and how it is erased."""

from __future__ import annotations

from typing import Any

from applications.models import (
    Application,
    Document,
    EligibilityCheck,
    Labelling,
    Reference,
    ReferenceLetter,
    SavedView,
    Submission,
)
from applications.services.emptying import erase_application
from mats_portal.questionnaires.models import Question
from mats_portal.questionnaires.states import QuestionKind, Retention
from mats_portal.web.keeping import Erasure, Kept, Part

COUNTED = "figures on who applied are kept without your name: education, years, hours, channels, streams"
AS_LONG = "as long as the application"
WHILE_SELECTING = "a while after selection; then it is removed, unless you were offered a place"
NO_PURPOSE = "to choose who is offered a place"


def kept(person: Any) -> list[Kept]:
    """Each application, with its questions one by one: why asked, who sees the answer, for how long."""
    asked: dict[int, list[Question]] = {}
    questions = Question.objects.filter(version__sheets__person=person).select_related("version__questionnaire")
    for question in questions.order_by("version_id", "position"):
        asked.setdefault(question.version.questionnaire.cohort_id, []).append(question)
    own = Application.objects.of(person).select_related("cohort").order_by("pk")
    return [_kept(one, asked.get(one.cohort_id, [])) for one in own]


def _kept(application: Application, questions: list[Question]) -> Kept:
    return Kept(
        f"Your application to {application.cohort}, with CV and references",
        NO_PURPOSE,
        "programme staff; reviewers; mentors of the streams you chose, unless a question says otherwise",
        "until you ask us to erase it; sensitive answers, files and letters go by themselves",
        [
            Kept(
                question.wording,
                question.purpose or NO_PURPOSE,
                question.get_audience_display(),
                WHILE_SELECTING if goes_by_itself(question) else AS_LONG,
            )
            for question in questions
        ],
    )


def goes_by_itself(question: Question) -> bool:
    """Whether its answer is removed on schedule when its person is not offered a place."""
    goes = question.is_sensitive or question.retention == Retention.UNSUCCESSFUL
    return goes or question.kind == QuestionKind.FILE


def preview(person: Any) -> list[Part]:
    """Everything written goes; what is counted by stays."""
    own = Application.objects.of(person)
    return [
        Part("What you submitted", Submission.objects.filter(application__in=own).count()),
        Part("CVs, with their files", Document.objects.filter(application__in=own).count()),
        Part("Referees you named", Reference.objects.filter(application__in=own).count()),
        Part("Letters of reference about you", ReferenceLetter.objects.filter(reference__application__in=own).count()),
        Part("What you asked before applying", EligibilityCheck.objects.filter(person=person).count()),
        Part("Views of tables that you saved", SavedView.objects.filter(owner=person).count()),
        Part("That somebody applied, and the answers that are counted", own.count(), stays=COUNTED),
    ]


def erase(person: Any) -> None:
    """Empty every application of the person."""
    for application in Application.objects.of(person).select_related("cohort", "person").order_by("pk"):
        erase_application(application=application)
    EligibilityCheck.objects.filter(person=person).delete()
    Labelling.objects.filter(application__person=person).delete()
    SavedView.objects.filter(owner=person).delete()


ERASURE = Erasure(preview=preview, erase=erase)
