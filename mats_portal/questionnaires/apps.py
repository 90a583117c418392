from django.apps import AppConfig


class QuestionnairesConfig(AppConfig):
    name = "mats_portal.questionnaires"
    label = "questionnaires"
