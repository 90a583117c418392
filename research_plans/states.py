"""The parts of a research plan, and how it stands against its deadline."""

from django.db.models import TextChoices


class Part(TextChoices):
    """The texts of a plan, in the order they are written and read."""

    THREAT_MODEL = "threat_model", "Threat model"
    THEORY_OF_CHANGE = "theory_of_change", "Theory of change"
    PLAN_OF_ACTION = "plan_of_action", "Plan of action"
    DISAGREEMENT = "disagreement", "Where I disagree with my mentor"


REQUIRED_PARTS = (Part.THREAT_MODEL, Part.THEORY_OF_CHANGE, Part.PLAN_OF_ACTION)
OUTPUTS = "outputs"

PROMPTS = {
    Part.THREAT_MODEL: "Which risk, by which path, and what would have to be true? What would change your mind?",
    Part.THEORY_OF_CHANGE: "If this works, what happens next, and who does what differently? Name the weakest step.",
    Part.PLAN_OF_ACTION: "What you will do, in which order, what you do when it fails, and when you stop.",
    Part.DISAGREEMENT: "Which assumptions of your mentor or your field did you examine? Where do you argue otherwise?",
}


class Standing(TextChoices):
    """How a plan stands; derived from its revisions and the deadline, never stored."""

    NOT_STARTED = "not_started", "Not started"
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    LATE = "late", "Submitted late"
    MISSING = "missing", "Missing"


TONES = {
    Standing.NOT_STARTED: "plain",
    Standing.DRAFT: "go",
    Standing.SUBMITTED: "done",
    Standing.LATE: "warning",
    Standing.MISSING: "stop",
}
