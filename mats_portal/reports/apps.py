from mats_portal.web import furnishing


class ReportsConfig(furnishing.Furnished):
    name = "mats_portal.reports"
    label = "reports"
    menu = ("mats_portal.reports.dashboard.menu",)
    jobs = ("mats_portal.reports.jobs.COMPILE",)
