"""The life of an application, and the codes that reports count by."""

from django.db.models import IntegerChoices, TextChoices


class ApplicationState(TextChoices):
    """Inner names and labels, as staff read them."""

    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    WITHDRAWN = "withdrawn", "Withdrawn"


# What may follow what. A submitted application may be submitted again until the deadline.
TRANSITIONS: dict[ApplicationState, frozenset[ApplicationState]] = {
    ApplicationState.DRAFT: frozenset({ApplicationState.SUBMITTED, ApplicationState.WITHDRAWN}),
    ApplicationState.SUBMITTED: frozenset({ApplicationState.SUBMITTED, ApplicationState.WITHDRAWN}),
    ApplicationState.WITHDRAWN: frozenset({ApplicationState.SUBMITTED}),
}

# What the applicant reads: the same for everybody, whatever selection has found, until offers are released.
PUBLIC_WORDING = {
    ApplicationState.DRAFT: "Not submitted yet",
    ApplicationState.SUBMITTED: "With us",
    ApplicationState.WITHDRAWN: "Withdrawn by you",
}


class EligibilityState(TextChoices):
    """What came of somebody's answers before the form. STOPPED can be answered again, and asked about."""

    PASSED = "passed", "may apply"
    STOPPED = "stopped", "stopped by an answer"
    ASKED = "asked", "asks staff to look"
    LET_THROUGH = "let_through", "let through by staff"


class SubmissionTiming(TextChoices):
    """When a submission came, by the deadline of its applicant. For staff; the applicant reads of `admitted` only."""

    IN_TIME = "in_time", "in time"
    IN_GRACE = "in_grace", "in the grace after the close"
    ADMITTED = "admitted", "late, admitted by staff"


class Education(IntegerChoices):
    """The highest step of education, finished or under way, in order; medians are taken over it."""

    NO_DEGREE = 1, "No degree"
    UNDERGRADUATE = 2, "Undergraduate student"
    BACHELOR = 3, "Bachelor's degree"
    MASTERS_STUDENT = 4, "Master's student"
    MASTER = 5, "Master's degree"
    PHD_STUDENT = 6, "PhD student"
    PHD = 7, "PhD"
    POSTDOC = 8, "Postdoc"
    PROFESSOR = 9, "Professor"


class Prerequisite(TextChoices):
    """Knowledge at the level of AGI Safety Fundamentals. It flags, and never rejects."""

    YES = "yes", "Yes"
    UNDER_WAY = "under_way", "In progress"
    NO = "no", "No"


MOST_COMMITTED = 30  # hours a week beside the programme; more is worth a word, and no reason to reject
SENIOR_YEARS = 10


class Flag(TextChoices):
    """What is worth knowing of an applicant's background. A flag never rejects anybody."""

    SENIOR = "senior", "Senior transition"
    ALREADY = "already", "Already in AI or machine learning"
    NO_PREREQUISITE = "no_prerequisite", "AGI Safety Fundamentals: not yet"
    COMMITTED = "committed", f"Other commitments above {MOST_COMMITTED} hours"
    AWAY = "away", "Cannot be there the whole time"


class Source(TextChoices):
    """Where an application came from."""

    FORM = "form", "written here"
    IMPORT = "import", "imported"


class ReferenceKind(TextChoices):
    """Where a referee comes from, in the eight types that programmes compare by."""

    SAFETY_ORG = "safety_org", "AI safety organisation"
    AI_INDUSTRY = "ai_industry", "AI or machine learning industry"
    ACADEMIA_AI = "academia_ai", "Academia, AI or machine learning"
    ACADEMIA_STEM = "academia_stem", "Academia, other science or engineering"
    ACADEMIA_SOCIAL = "academia_social", "Academia, social science or policy"
    GOVERNMENT = "government", "Government or policy"
    INDUSTRY = "industry", "Other industry"
    UNKNOWN = "unknown", "Something else, or not sure"


class ReferenceState(TextChoices):
    """What became of a request for a reference. Only one that is asked for can change."""

    ASKED = "asked", "Asked"
    ANSWERED = "answered", "Answered"
    DECLINED = "declined", "Declined"
    TAKEN_BACK = "taken_back", "Taken back"


class ConcernState(TextChoices):
    """What became of a doubt about integrity. Only one that is raised can change, by a second person."""

    RAISED = "raised", "Waits for a second person"
    CONFIRMED = "confirmed", "Confirmed by two people"
    DECLINED = "declined", "Not confirmed"


class ImportKind(TextChoices):
    """What a file can be imported as."""

    STREAMS = "streams", "Streams and mentors"
    INTEREST = "interest", "Interest forms"
    APPLICATIONS = "applications", "Applications"
