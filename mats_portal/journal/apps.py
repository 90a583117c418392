from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "mats_portal.journal"
    label = "journal"
