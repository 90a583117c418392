"""The life of a request to be erased."""

from django.db.models import TextChoices


class ErasureState(TextChoices):
    """From asking to the answer. Labels as the person reads them."""

    ASKED = "asked", "Waits for an answer"
    TAKEN_BACK = "taken_back", "Taken back by you"
    REFUSED = "refused", "Refused, with a reason"
    GRANTED = "granted", "Being carried out"
    DONE = "done", "Carried out"


TRANSITIONS: dict[ErasureState, frozenset[ErasureState]] = {
    ErasureState.ASKED: frozenset({ErasureState.TAKEN_BACK, ErasureState.REFUSED, ErasureState.GRANTED}),
    ErasureState.GRANTED: frozenset({ErasureState.DONE}),
    ErasureState.TAKEN_BACK: frozenset(),
    ErasureState.REFUSED: frozenset(),
    ErasureState.DONE: frozenset(),
}
OPEN = (ErasureState.ASKED, ErasureState.GRANTED)
