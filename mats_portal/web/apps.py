from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "mats_portal.web"
    label = "web"

    def ready(self) -> None:
        """Register the system check that every view declares its policy."""
        from mats_portal.web import access  # noqa: F401 - importing registers the check
