from mats_portal.web import furnishing


class ScholarsConfig(furnishing.Furnished):
    name = "scholars"
    shown_as = ("scholars.dashboard.SHOWN_AS",)
    label = "scholars"
    menu = ("scholars.dashboard.menu",)
    jump = ("scholars.dashboard.jump",)
    home_sections = ("scholars.dashboard.sections",)
    cohort_queues = ("scholars.dashboard.cohort_queues",)
    cohort_menu = ("scholars.dashboard.cohort_menu",)
    letters = (
        "scholars.letters.ENROLLED",
        "scholars.letters.DECLINED",
        "scholars.letters.LAPSED",
        "scholars.letters.SWITCHED",
        "scholars.letters.FINISHED",
    )
    reminders = ("scholars.letters.REMINDER",)
    reports = ("scholars.reports.SCHOLARS",)
    personal_data = ("scholars.privacy.personal_data",)
    kept = ("scholars.erasing.kept",)
    erasures = ("scholars.erasing.ERASURE",)
    chosen_people = ("scholars.selectors.chosen_people",)
    invariants = ("scholars.invariants.INVARIANTS",)
