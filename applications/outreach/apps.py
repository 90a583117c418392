from mats_portal.web import furnishing


class OutreachConfig(furnishing.Furnished):
    name = "applications.outreach"
    label = "outreach"
    cohort_actions = ("applications.outreach.dashboard.cohort_actions",)
    cohort_setup = ("applications.outreach.dashboard.cohort_setup",)
    reports = ("applications.outreach.reports.CHANNELS",)
