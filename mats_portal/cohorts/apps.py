from mats_portal.web import furnishing


class CohortsConfig(furnishing.Furnished):
    name = "mats_portal.cohorts"
    label = "cohorts"
    letter_books = ("mats_portal.cohorts.selectors.cohorts_run_by",)
    second_factor = ("mats_portal.cohorts.selectors.needs_second_factor",)
