from mats_portal.web import furnishing


class MentorsConfig(furnishing.Furnished):
    name = "mentors"
    label = "mentors"
    home_sections = ("mentors.dashboard.sections",)
    cohort_menu = ("mentors.dashboard.cohort_menu",)
    cohort_queues = ("mentors.dashboard.cohort_queues",)
    explanations = ("mentors.dashboard.why_seen",)
    shown_as = ("mentors.dashboard.SHOWN_AS",)
    withdrawals = ("mentors.services.end_offers",)
    application_outcomes = ("mentors.selectors.earlier.outcomes",)
    concealed_applications = ("mentors.selectors.conflicted_applications",)
    opened_names = ("mentors.selectors.naming.opened_names",)
    letters = (
        "mentors.letters.NUDGE",
        "mentors.letters.OFFER",
        "mentors.letters.OFFER_WITHDRAWN",
        "mentors.letters.REJECTION",
        "mentors.letters.RESERVE",
    )
    reminders = ("mentors.reminders.REVIEWS", "mentors.reminders.RANKINGS")
    reports = ("mentors.reports.SELECTION", "mentors.channels.ADVERTISING")
    personal_data = ("mentors.privacy.personal_data",)
    kept = ("mentors.erasing.kept",)
    erasures = ("mentors.erasing.ERASURE",)
    invariants = ("mentors.invariants.INVARIANTS",)
