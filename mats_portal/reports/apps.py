from mats_portal.web import furnishing


class ReportsConfig(furnishing.Furnished):
    name = "mats_portal.reports"
    label = "reports"
    jobs = ("mats_portal.reports.jobs.COMPILE",)
    cohort_menu = ("mats_portal.reports.dashboard.cohort_menu",)
