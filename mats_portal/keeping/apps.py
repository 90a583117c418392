from mats_portal.web import furnishing


class KeepingConfig(furnishing.Furnished):
    name = "mats_portal.keeping"
    label = "keeping"
    menu = ("mats_portal.keeping.dashboard.menu",)
    home_sections = ("mats_portal.keeping.dashboard.sections",)
    letters = (
        "mats_portal.keeping.letters.ASKED",
        "mats_portal.keeping.letters.REFUSED",
        "mats_portal.keeping.letters.DONE",
    )
    reminders = ("mats_portal.keeping.reminders.WAITING", "mats_portal.keeping.reminders.PURGE_SOON")
    jobs = ("mats_portal.keeping.jobs.ERASE", "mats_portal.keeping.jobs.PURGE")
    cohort_menu = ("mats_portal.keeping.dashboard.cohort_menu",)
    personal_data = ("mats_portal.keeping.privacy.personal_data",)
    erasures = ("mats_portal.keeping.privacy.ERASURE",)
    invariants = ("mats_portal.keeping.invariants.INVARIANTS",)
