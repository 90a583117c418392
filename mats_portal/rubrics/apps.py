from mats_portal.web import furnishing


class RubricsConfig(furnishing.Furnished):
    name = "mats_portal.rubrics"
    label = "rubrics"
    carried_over = ("mats_portal.rubrics.carrying.RUBRIC",)
    cohort_menu = ("mats_portal.rubrics.dashboard.cohort_menu",)
    new_cohort = ("mats_portal.rubrics.services.default_rubric",)
