"""What a person gets of their own data from this storey: what they were told, and what they wrote themselves."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from mentors.models import Assessment, Conflict, Contribution, Mark, Offer, PrivateNote, Waiver
from mentors.selectors.told import decisions_told_to


def personal_data(person: Any) -> dict[str, Any]:
    """Offers that were released to the person; reviews the person wrote; ties the person declared.

    What others wrote about the person's application is the reviewers' and is given on request by staff, not here.
    """
    offers = Offer.objects.seen_by_applicant().of(person).select_related("stream", "application__cohort")
    reviews = Assessment.objects.filter(reviewer_id=person.pk).select_related("sheet", "application")
    return {
        "offers": [
            {
                "cohort": offer.application.cohort.name,
                "stream": offer.stream.name,
                "state": offer.state,
                "released_at": offer.released_at,
                "expires_at": offer.expires_at,
                "answered_at": offer.answered_at,
            }
            for offer in offers.order_by("pk")
        ],
        "answers": _answers(person),
        "reviews": [
            {
                "application": review.application.code,
                "comment": review.sheet.comment,
                "ability": review.sheet.ability,
                "motivation": review.sheet.motivation,
                "finished_at": review.sheet.finished_at,
            }
            for review in reviews.order_by("pk")
        ],
        "marks_by_question": _marks(person),
    } | _own_words(person)


def _own_words(person: Any) -> dict[str, Any]:
    """What the person declared, noted and said about applications."""
    ties, waivers = Conflict.objects.filter(person_id=person.pk), Waiver.objects.filter(person_id=person.pk)
    notes = PrivateNote.objects.filter(person_id=person.pk)
    said = Contribution.objects.filter(author_id=person.pk)
    return {
        "conflicts_of_interest": _rows(ties, "kind"),
        "private_notes": _rows(notes, "text"),
        "contributions": _rows(said, "text", "at"),
        "left_to_others": _rows(waivers, "reason", "note"),
    }


def _rows(found: QuerySet[Any], *fields: str) -> list[dict[str, Any]]:
    """The application's code and these fields of each."""
    names = ("application", *fields)
    return [dict(zip(names, row, strict=True)) for row in found.values_list("application__code", *fields)]


def _answers(person: Any) -> list[dict[str, Any]]:
    """The letters of rejection and about the reserve."""
    return [
        {
            "cohort": told.application.cohort.name,
            "answer": told.kind,
            "at": told.release.ended_at,
            "text": told.text,
        }
        for told in decisions_told_to(person)
    ]


def _marks(person: Any) -> list[dict[str, Any]]:
    given = Mark.objects.of(person).filter(value__isnull=False).order_by("pk")
    rows = given.values_list("application__code", "marking__question_key", "value", "given_at")
    return [dict(zip(("application", "question", "value", "given_at"), row, strict=True)) for row in rows]
