from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "mats_portal.web"
    label = "web"

    def ready(self) -> None:
        """Register the system check that every view declares its policy; give forms our words."""
        from mats_portal.web import access  # noqa: F401 - importing registers the check
        from mats_portal.web.words import put_own_words

        put_own_words()
