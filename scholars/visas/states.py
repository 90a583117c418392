"""What a scholar says of a visa, and how far it is."""

from django.db.models import TextChoices

LEAD_WEEKS = 8  # What applicants' own reports ask for, between knowing and travelling.


class Need(TextChoices):
    """The scholar's answer."""

    NEEDED = "needed", "I need one"
    UNSURE = "unsure", "I do not know yet"
    NONE = "none", "I need none"


class Step(TextChoices):
    """How far it is, worked out from the dates; as staff and the scholar read it."""

    UNSAID = "unsaid", "Not said yet"
    UNSURE = "unsure", "Not known yet"
    NONE = "none", "None needed"
    NEEDED = "needed", "Needed, no letter yet"
    LETTER = "letter", "Letter of invitation sent"
    FILED = "filed", "Applied for"
    GRANTED = "granted", "Granted"
    REFUSED = "refused", "Refused"


SETTLED = (Step.GRANTED, Step.NONE)
# The order of the list of staff: what needs somebody first.
URGENT_FIRST = [Step.REFUSED, Step.UNSAID, Step.UNSURE, Step.NEEDED, Step.LETTER, Step.FILED, *SETTLED]
