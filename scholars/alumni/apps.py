from mats_portal.web import furnishing


class AlumniConfig(furnishing.Furnished):
    name = "scholars.alumni"
    label = "alumni"
    menu = ("scholars.alumni.dashboard.menu",)
    home_sections = ("scholars.alumni.dashboard.sections",)
    cohort_menu = ("scholars.alumni.dashboard.cohort_menu",)
    reminders = ("scholars.alumni.letters.REMINDER",)
    reports = ("scholars.alumni.reports.OUTCOMES",)
    personal_data = ("scholars.alumni.privacy.personal_data",)
    kept = ("scholars.alumni.erasing.kept",)
    erasures = ("scholars.alumni.erasing.ERASURE",)
