from mats_portal.web import furnishing


class VisasConfig(furnishing.Furnished):
    name = "scholars.visas"
    label = "visas"
    cohort_menu = ("scholars.visas.dashboard.cohort_menu",)
    cohort_queues = ("scholars.visas.dashboard.cohort_queues",)
    home_sections = ("scholars.visas.dashboard.sections",)
    reminders = ("scholars.visas.letters.REMINDER",)
    reports = ("scholars.visas.reports.VISAS",)
    personal_data = ("scholars.visas.privacy.personal_data",)
    kept = ("scholars.visas.erasing.kept",)
    erasures = ("scholars.visas.erasing.ERASURE",)
    purges = ("scholars.visas.erasing.STEPS",)
