from mats_portal.web import furnishing


class ResearchPlansConfig(furnishing.Furnished):
    name = "research_plans"
    label = "research_plans"
    menu = ("research_plans.dashboard.menu",)
    home_sections = ("research_plans.dashboard.sections",)
    cohort_queues = ("research_plans.dashboard.cohort_queues",)
    cohort_menu = ("research_plans.dashboard.cohort_menu",)
    scholar_sections = ("research_plans.dashboard.scholar_sections",)
    letters = ("research_plans.letters.RECEIPT", "research_plans.letters.COMMENT")
    reminders = ("research_plans.reminders.REMINDER",)
    reports = ("research_plans.reports.PLANS", "research_plans.concerns.CONCERNS")
    personal_data = ("research_plans.privacy.personal_data",)
    kept = ("research_plans.erasing.kept",)
    erasures = ("research_plans.erasing.ERASURE",)
    invariants = ("research_plans.invariants.INVARIANTS",)
