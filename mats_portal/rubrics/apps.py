from mats_portal.web import furnishing


class RubricsConfig(furnishing.Furnished):
    name = "mats_portal.rubrics"
    label = "rubrics"
    new_cohort = ("mats_portal.rubrics.services.default_rubric",)
