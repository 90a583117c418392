from mats_portal.web import furnishing


class OutreachConfig(furnishing.Furnished):
    name = "applications.outreach"
    label = "outreach"
    menu = ("applications.outreach.dashboard.menu",)
    cohort_actions = ("applications.outreach.dashboard.cohort_actions",)
    reports = ("applications.outreach.reports.CHANNELS",)
