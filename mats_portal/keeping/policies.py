"""Who decides on requests to be erased."""

from typing import Any

from mats_portal.keeping.models import ErasureRequest
from mats_portal.keeping.states import ErasureState
from mats_portal.people.policies import administrators
from mats_portal.web.access import Decision, decide

__all__ = ["administrators", "can_decide_erasure", "can_take_back_erasure"]


def can_decide_erasure(person: Any, request: ErasureRequest) -> Decision:
    """An administrator, but not about themselves, while it waits."""
    if request.person_id == person.pk:
        return decide(False, "Another administrator answers your own request.")
    if request.state != ErasureState.ASKED:
        return decide(False, "This request has been answered already.")
    return administrators(person)


def can_take_back_erasure(person: Any, request: ErasureRequest) -> Decision:
    """The person who asked, while it waits."""
    asks = request.person_id == person.pk and request.state == ErasureState.ASKED
    return decide(asks, "Only who asked can take a request back, until it is answered.")
