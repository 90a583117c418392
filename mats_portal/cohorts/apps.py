from mats_portal.web import furnishing


class CohortsConfig(furnishing.Furnished):
    name = "mats_portal.cohorts"
    label = "cohorts"
    letter_books = ("mats_portal.cohorts.selectors.letter_books",)

    menu = ("mats_portal.cohorts.dashboard.menu",)
    place = ("mats_portal.cohorts.dashboard.place",)
    jump = ("mats_portal.cohorts.dashboard.jump",)
    home_sections = ("mats_portal.cohorts.dashboard.sections",)
    home_rest = ("mats_portal.cohorts.dashboard.rest",)
    front_page = ("mats_portal.cohorts.dashboard.front_page",)
    carried_over = ("mats_portal.cohorts.services.carrying.STREAMS",)
    cohort_menu = ("mats_portal.cohorts.dashboard.cohort_menu",)
    cohort_queues = ("mats_portal.cohorts.dashboard.cohort_queues",)
    letters = ("mats_portal.cohorts.letters.INVITATION", "mats_portal.cohorts.letters.EXTENSION")
    invitations = ("mats_portal.cohorts.services.invitations.MEMBERSHIP",)
    stream_people = ("mats_portal.cohorts.selectors.stream_people",)
    kept = ("mats_portal.cohorts.erasing.kept",)
    erasures = ("mats_portal.cohorts.erasing.ERASURE",)
    personal_data = ("mats_portal.cohorts.privacy.personal_data",)
    shown_as = ("mats_portal.cohorts.dashboard.SHOWN_AS",)
    second_factor = ("mats_portal.cohorts.selectors.needs_second_factor",)
    standing = ("mats_portal.cohorts.selectors.standing",)
    invariants = ("mats_portal.cohorts.invariants.INVARIANTS",)
