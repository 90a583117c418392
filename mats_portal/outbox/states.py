"""The life of a letter."""

from django.db.models import TextChoices


class LetterState(TextChoices):
    """`unknown`: the mail server may or may not have taken it; a person decides. `held`: the brake asks for a yes."""

    PLANNED = "planned", "waiting to be sent"
    LEASED = "leased", "being sent"
    SENT = "sent", "handed to the mail server"
    FAILED = "failed", "could not be sent"
    CANCELLED = "cancelled", "no longer needed"
    UNKNOWN = "unknown", "perhaps sent"
    HELD = "held", "waits for a yes"


# How a state looks: the tone of its mark.
TONES: dict[str, str] = {
    LetterState.PLANNED: "wait",
    LetterState.LEASED: "wait",
    LetterState.SENT: "done",
    LetterState.FAILED: "stop",
    LetterState.CANCELLED: "plain",
    LetterState.UNKNOWN: "warning",
    LetterState.HELD: "warning",
}


class AfterCrash(TextChoices):
    """What becomes of a letter whose delivery was cut off."""

    REPEAT = "repeat", "send again with the same Message-ID"
    HOLD = "hold", "a person decides"
