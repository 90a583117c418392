"""What a person gets of, and what is erased in, their own requests."""

from __future__ import annotations

from typing import Any

from mats_portal.keeping.models import ErasureRequest
from mats_portal.keeping.states import ErasureState
from mats_portal.web.keeping import Erasure, Part


def personal_data(person: Any) -> dict[str, Any]:
    """The person's requests to be erased, with the answers."""
    return {
        "erasure_requests": [
            {
                "asked_at": request.asked_at.isoformat(),
                "state": request.get_state_display(),
                "words": request.words,
                "answer": request.answer,
            }
            for request in ErasureRequest.objects.filter(person_id=person.pk)
        ]
    }


def preview(person: Any) -> list[Part]:
    """The requests stay, without their words. Of support nobody here knows anything: the same is said to all."""
    asked = ErasureRequest.objects.filter(person=person).count()
    return [
        Part("Whatever scholar support may have noted, which nobody here can see", 1),
        Part("Requests to be erased", asked, stays="they show that we did what you asked; your words go"),
    ]


def erase(person: Any) -> None:
    """Empty the words and the answers of earlier requests; the one under way empties its own when it is done."""
    earlier = ErasureRequest.objects.filter(person=person).exclude(state=ErasureState.GRANTED)
    earlier.update(words="", answer="")


ERASURE = Erasure(preview=preview, erase=erase)
