from mats_portal.web import furnishing


class ApplicationsConfig(furnishing.Furnished):
    name = "applications"
    explanations = ("applications.dashboard.why_seen",)
    label = "applications"
    menu = ("applications.dashboard.menu",)
    home_sections = ("applications.dashboard.sections",)
    letters = (
        "applications.letters.RECEIPT",
        "applications.letters.WITHDRAWAL",
        "applications.letters.LET_THROUGH",
        "applications.letters.JOINED",
        "applications.letters.REFERENCE_REQUEST",
        "applications.letters.REFERENCE_THANKS",
    )
    reminders = (
        "applications.reminders.DRAFTS",
        "applications.reminders.INTEREST",
        "applications.reminders.REFERENCES",
    )
    jobs = ("applications.jobs.IMPORT",)
    reports = ("applications.reports.APPLICANTS",)
    stream_people = ("applications.selectors.stream_people",)
    personal_data = ("applications.privacy.personal_data",)
    cohort_actions = ("applications.dashboard.cohort_actions",)
    cohort_menu = ("applications.dashboard.cohort_menu",)
    cohort_queues = ("applications.dashboard.cohort_queues",)
    new_cohort = ("applications.services.make_default_questions",)
    undoings = (
        "applications.undoings.LABELLING",
        "applications.undoings.UNLABELLING",
        "applications.undoings.REMINDING",
        "applications.undoings.JOINING",
    )
    jump = ("applications.dashboard.jump",)
    kept = ("applications.erasing.kept",)
    erasures = ("applications.erasing.ERASURE",)
    purges = ("applications.purging.SENSITIVE",)
    invariants = ("applications.invariants.INVARIANTS",)
