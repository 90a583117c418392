from mats_portal.web import furnishing


class QuestionnairesConfig(furnishing.Furnished):
    name = "mats_portal.questionnaires"
    label = "questionnaires"
    menu = ("mats_portal.questionnaires.dashboard.menu",)
    cohort_setup = ("mats_portal.questionnaires.dashboard.cohort_setup",)
