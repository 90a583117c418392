"""What applications know about a person, for that person."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from applications.models import Application, EligibilityCheck, Reference
from applications.outreach.models import Interest, Recommendation
from applications.selectors import answer_files_of, current_document
from applications.states import ReferenceState
from applications.words import status
from mats_portal.questionnaires.models import StoredPdf
from mats_portal.questionnaires.reading import in_words
from mats_portal.questionnaires.selectors import answers_of
from mats_portal.web.links import absolute

CONFIDENTIAL = "Not in this file: the letter was written in confidence, for the people who read applications."


def personal_data(person: Any) -> dict[str, Any]:
    """Applications with every answer, and interest forms and recommendations by the person's address."""
    own = Application.objects.of(person).select_related("cohort", "sheet")
    return {
        "applications": [_application(application) for application in own.order_by("started_at")],
        "eligibility": [_eligibility(check) for check in _checks(person)],
        "interest": [
            {
                "cohort": interest.cohort.name,
                "at": interest.at.isoformat(),
                "name": interest.name,
                "channels": [channel.name for channel in interest.channels.all()],
                "anything_else": interest.other,
                "wants_reminders": interest.wants_reminders,
            }
            for interest in Interest.objects.filter(email=person.email).select_related("cohort")
        ],
        "saved_views": [
            {"cohort": view.cohort.name, "name": view.name, "address": view.address, "shared": view.is_shared}
            for view in person.saved_views.select_related("cohort").order_by("pk")
        ],
        "recommended_by_others": [
            _recommendation(one) | {"by": one.by_name}
            for one in Recommendation.objects.filter(email=person.email).select_related("cohort")
        ],
        "recommended_by_you": [
            _recommendation(one) | {"email": one.email}
            for one in Recommendation.objects.filter(by_email=person.email).select_related("cohort")
        ],
    }


def _recommendation(one: Recommendation) -> dict[str, Any]:
    return {"cohort": one.cohort.name, "at": one.at.isoformat(), "name": one.name, "why": one.why}


def _checks(person: Any) -> QuerySet[EligibilityCheck]:
    return EligibilityCheck.objects.filter(person=person).select_related("cohort", "sheet").order_by("pk")


def _eligibility(check: EligibilityCheck) -> dict[str, Any]:
    return {
        "cohort": check.cohort.name,
        "status": check.get_state_display(),
        "at": check.checked_at.isoformat(),
        "answers": _answers(check.sheet),
        "what_you_wrote": check.words,
    }


def _application(application: Application) -> dict[str, Any]:
    drafts = {"general": _answers(application.sheet)}
    for choice in application.choices.select_related("stream", "sheet"):
        if choice.sheet:
            drafts[choice.stream.name] = _answers(choice.sheet)
    return {
        "cohort": application.cohort.name,
        "status": status(application),
        "started_at": application.started_at.isoformat(),
        "draft": drafts,
        "cv": _cv(application),
        "files": [
            _file(file)
            | {"address": absolute(reverse("applications:own_file", args=[application.cohort.slug, file.code]))}
            for file in answer_files_of(application).order_by("pk")
        ],
        "references": [_reference(one) for one in application.references.order_by("pk")],
        "submissions": [
            {"number": one.number, "at": one.at.isoformat(), "digest": one.digest, "content": one.content}
            for one in application.submissions.order_by("number")
        ],
    }


def _cv(application: Application) -> dict[str, Any] | None:
    """What is known of the CV, and where the file itself is."""
    if (document := current_document(application)) is None:
        return None
    return _file(document) | {"address": absolute(reverse("applications:own_cv", args=[application.cohort.slug]))}


def _file(kept: StoredPdf) -> dict[str, Any]:
    return {"name": kept.name, "uploaded_at": kept.uploaded_at.isoformat(), "sha256": kept.digest}


def _reference(reference: Reference) -> dict[str, Any]:
    """Whom the person named. What the referee wrote was written in confidence and is the referee's."""
    return {
        "name": reference.name,
        "email": reference.email,
        "kind": reference.get_kind_display(),
        "status": reference.get_state_display(),
        "asked_at": reference.asked_at.isoformat(),
        "closed_at": reference.closed_at.isoformat() if reference.closed_at else None,
        "letter": CONFIDENTIAL if reference.state == ReferenceState.ANSWERED else None,
    }


def _answers(sheet: Any) -> dict[str, Any]:
    """Each question with the answer in words, in the order in which they are asked."""
    answers = sorted(answers_of(sheet).values(), key=lambda answer: answer.question.position)
    return {answer.question.wording: in_words(answer.question, answer) for answer in answers}
