"""What applications know about a person, for that person."""

from typing import Any

from applications.models import Application
from applications.outreach.models import Interest
from applications.words import status
from mats_portal.questionnaires.selectors import answers_of


def personal_data(person: Any) -> dict[str, Any]:
    """Applications with every answer, and interest forms sent from the person's address."""
    own = Application.objects.of(person).select_related("cohort", "sheet")
    return {
        "applications": [_application(application) for application in own.order_by("started_at")],
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
        "submissions": [
            {"number": one.number, "at": one.at.isoformat(), "digest": one.digest, "content": one.content}
            for one in application.submissions.order_by("number")
        ],
    }


def _answers(sheet: Any) -> dict[str, Any]:
    return {answer.question.wording: answer.choices or answer.text for answer in answers_of(sheet).values()}
