from mats_portal.web import furnishing


class ResearchPlansConfig(furnishing.Furnished):
    name = "research_plans"
    label = "research_plans"
