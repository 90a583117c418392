from mats_portal.web import furnishing


class QuestionnairesConfig(furnishing.Furnished):
    name = "mats_portal.questionnaires"
    label = "questionnaires"
    carried_over = ("mats_portal.questionnaires.carrying.FORMS",)
    cohort_menu = ("mats_portal.questionnaires.dashboard.cohort_menu",)
    erasures = ("mats_portal.questionnaires.erasing.ERASURE",)
    invariants = ("mats_portal.questionnaires.invariants.INVARIANTS",)
