from django.apps import AppConfig


class RubricsConfig(AppConfig):
    name = "mats_portal.rubrics"
    label = "rubrics"
