from mats_portal.web import furnishing


class CandidacyConfig(furnishing.Furnished):
    name = "mentors.candidacy"
    label = "candidacy"
    cohort_actions = ("mentors.candidacy.dashboard.cohort_actions",)
    cohort_menu = ("mentors.candidacy.dashboard.cohort_menu",)
    cohort_queues = ("mentors.candidacy.dashboard.cohort_queues",)
    home_sections = ("mentors.candidacy.dashboard.sections",)
    invitations = ("mentors.candidacy.services.INVITED",)
    letters = (
        "mentors.candidacy.letters.INVITATION",
        "mentors.candidacy.letters.RECEIVED",
        "mentors.candidacy.letters.ASKED",
        "mentors.candidacy.letters.SEATS_GIVEN",
        "mentors.candidacy.letters.NO_SEATS",
    )
    personal_data = ("mentors.candidacy.privacy.personal_data",)
    reports = ("mentors.candidacy.reports.PORTFOLIO",)
    kept = ("mentors.candidacy.erasing.kept",)
    undoings = ("mentors.candidacy.undoings.SENDING",)
    erasures = ("mentors.candidacy.erasing.ERASURE",)
