"""What kinds of questions there are, and who may see an answer."""

from django.db.models import TextChoices


class QuestionKind(TextChoices):
    """How a question is answered."""

    SHORT = "short", "one line"
    LONG = "long", "long text"
    SINGLE = "single", "one of several"
    SEVERAL = "several", "several of several"
    NUMBER = "number", "number"
    SCALE = "scale", "a point of a scale"
    MATRIX = "matrix", "grid: several lines on one scale"
    RANKED = "ranked", "list put in order"
    DATE = "date", "date"
    EMAIL = "email", "e-mail address"
    URL = "url", "link"
    CONSENT = "consent", "consent"
    FILE = "file", "file (PDF)"


# Kinds with options to choose from, and those of them that take one.
CHOICE_KINDS = (QuestionKind.SINGLE, QuestionKind.SEVERAL, QuestionKind.SCALE, QuestionKind.MATRIX, QuestionKind.RANKED)
ONE_CHOICE = (QuestionKind.SINGLE, QuestionKind.SCALE)

# Kinds whose answers tell who gave them.
TELLING_KINDS = (QuestionKind.EMAIL, QuestionKind.URL, QuestionKind.FILE)


class Audience(TextChoices):
    """Who sees the answer, beside the person who gave it."""

    REVIEWERS = "reviewers", "staff, and reviewers and mentors of your streams"
    STAFF = "staff", "programme staff only"


class Retention(TextChoices):
    """How long an answer is kept."""

    APPLICATION = "application", "as long as the application"
    UNSUCCESSFUL = "unsuccessful", "until the person is not offered a place"


class Purpose(TextChoices):
    """What a questionnaire is for."""

    APPLICATION = "application", "General application"
    STREAM = "stream", "Stream questions"
    ELIGIBILITY = "eligibility", "Eligibility"
