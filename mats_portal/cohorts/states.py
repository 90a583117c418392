"""The kinds of milestones, roles and sides of a cohort."""

from django.db.models import TextChoices


class MilestoneKind(TextChoices):
    """The dated steps of a cohort, in their usual order. Kinds that close something are exclusive instants."""

    MENTORS_CLOSE = "mentors_close", "Mentors offer until"
    INTEREST_OPENS = "interest_opens", "Interest form opens"
    APPLICATIONS_OPEN = "applications_open", "Applications open"
    APPLICATIONS_CLOSE = "applications_close", "Applications close"
    REFERENCES_DUE = "references_due", "References due"
    REVIEWS_DUE = "reviews_due", "Reviews due"
    RANKINGS_DUE = "rankings_due", "Rankings due"
    OFFERS_RELEASED = "offers_released", "Offers go out"
    ANSWERS_DUE = "answers_due", "Answers due"
    TRAINING_STARTS = "training_starts", "Training starts"
    IN_PERSON_STARTS = "in_person_starts", "In person"
    PLANS_DUE = "plans_due", "Research plans due"
    IN_PERSON_ENDS = "in_person_ends", "In-person phase ends"
    EXTENSION_STARTS = "extension_starts", "Extension starts"
    EXTENSION_ENDS = "extension_ends", "Extension ends"
    SENSITIVE_REMOVED = "sensitive_removed", "Sensitive answers are removed"


# Kinds that end something: the instant is exclusive, and "end of the day" is the midnight after it.
CLOSING_KINDS = frozenset(
    {
        MilestoneKind.MENTORS_CLOSE,
        MilestoneKind.APPLICATIONS_CLOSE,
        MilestoneKind.REFERENCES_DUE,
        MilestoneKind.REVIEWS_DUE,
        MilestoneKind.RANKINGS_DUE,
        MilestoneKind.ANSWERS_DUE,
        MilestoneKind.PLANS_DUE,
        MilestoneKind.IN_PERSON_ENDS,
        MilestoneKind.EXTENSION_ENDS,
    }
)
# What can be handed in for some minutes after the close, without anybody being told so.
GRACE_KINDS = (MilestoneKind.APPLICATIONS_CLOSE, MilestoneKind.REFERENCES_DUE)
# What can come later for everyone of a stream.
STREAM_KINDS = (
    MilestoneKind.APPLICATIONS_CLOSE,
    MilestoneKind.REFERENCES_DUE,
    MilestoneKind.REVIEWS_DUE,
    MilestoneKind.RANKINGS_DUE,
    MilestoneKind.PLANS_DUE,
)
# What the public page tells; all milestones stand on the staff's page of dates.
PUBLIC_KINDS = frozenset(
    {
        MilestoneKind.APPLICATIONS_OPEN,
        MilestoneKind.APPLICATIONS_CLOSE,
        MilestoneKind.OFFERS_RELEASED,
        MilestoneKind.ANSWERS_DUE,
        MilestoneKind.TRAINING_STARTS,
        MilestoneKind.IN_PERSON_STARTS,
        MilestoneKind.IN_PERSON_ENDS,
    }
)


class NamesOpen(TextChoices):
    """From when on reviewers and mentors read applicants' names; programme staff always do."""

    ALWAYS = "always", "From the start"
    OWN_SCORES = "own_scores", "When their own scores of the applicant are in"
    DECIDED = "decided", "When the applicant has been told the decision"


class CohortRole(TextChoices):
    """What a person is in one cohort."""

    STAFF = "staff", "Programme staff"
    REVIEWER = "reviewer", "Reviewer"
    MENTOR = "mentor", "Mentor"
    GRADER = "grader", "Grader"
    SUPPORT = "support", "Scholar support"
    SCHOLAR = "scholar", "Scholar"
    ALUMNUS = "alumnus", "Alumna or alumnus"


class Side(TextChoices):
    """The two sides that one person can never hold in the same cohort."""

    EVALUATION = "evaluation", "evaluates"
    SUPPORT = "support", "supports"
    NEITHER = "neither", "neither"


SIDE_OF_ROLE = {
    CohortRole.STAFF: Side.EVALUATION,
    CohortRole.REVIEWER: Side.EVALUATION,
    CohortRole.MENTOR: Side.EVALUATION,
    CohortRole.GRADER: Side.EVALUATION,
    CohortRole.SUPPORT: Side.SUPPORT,
    CohortRole.SCHOLAR: Side.NEITHER,
    CohortRole.ALUMNUS: Side.NEITHER,
}

# Roles one is invited to; scholars and alumni come by accepting an offer and by finishing.
INVITED_ROLES = (
    CohortRole.STAFF,
    CohortRole.REVIEWER,
    CohortRole.MENTOR,
    CohortRole.GRADER,
    CohortRole.SUPPORT,
)
# Roles in which one works on a cohort, and moves about in its pages.
WORKING_ROLES = (CohortRole.STAFF, CohortRole.REVIEWER, CohortRole.MENTOR, CohortRole.GRADER)
# The group of the menu that holds what a mentor does for their own stream.
OWN_STREAM = "My stream"

# Roles that are held in one stream.
STREAM_ROLES = (CohortRole.MENTOR,)

# Roles that must have a second factor before they see anything of a cohort.
ROLES_WITH_SECOND_FACTOR = (CohortRole.STAFF, CohortRole.SUPPORT)
