from mats_portal.web import furnishing


class OutreachConfig(furnishing.Furnished):
    name = "applications.outreach"
    label = "outreach"
    arrival_marks = ("applications.outreach.selectors.arrival_marks",)
    cohort_actions = ("applications.outreach.dashboard.cohort_actions",)
    cohort_menu = ("applications.outreach.dashboard.cohort_menu",)
    reports = ("applications.outreach.reports.CHANNELS",)
    cohort_queues = ("applications.outreach.dashboard.cohort_queues",)
    letters = ("applications.outreach.letters.RECOMMENDED",)
    kept = ("applications.outreach.erasing.kept",)
    erasures = ("applications.outreach.erasing.ERASURE",)
