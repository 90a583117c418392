from mats_portal.web import furnishing


class ReportsConfig(furnishing.Furnished):
    name = "mats_portal.reports"
    label = "reports"
    jobs = ("mats_portal.reports.jobs.COMPILE",)
    kept = ("mats_portal.reports.erasing.kept",)
    erasures = ("mats_portal.reports.erasing.ERASURE",)
    personal_data = ("mats_portal.reports.privacy.personal_data",)
    cohort_menu = ("mats_portal.reports.dashboard.cohort_menu",)
    statistics = ("mats_portal.reports.services.compile_snapshot",)
    invariants = ("mats_portal.reports.invariants.INVARIANTS",)
