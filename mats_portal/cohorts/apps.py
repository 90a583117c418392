from mats_portal.web import furnishing


class CohortsConfig(furnishing.Furnished):
    name = "mats_portal.cohorts"
    label = "cohorts"
    menu = ("mats_portal.cohorts.dashboard.menu",)
    home_sections = ("mats_portal.cohorts.dashboard.sections",)
