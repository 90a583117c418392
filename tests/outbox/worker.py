"""A worker for the kill drill: `python -m tests.outbox.worker DATABASE SMTP_PORT` delivers until it is killed."""

import os
import sys
import time

import django
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")


def main(database: str, port: str) -> None:
    """Deliver from the test database to the test's mail server, over and over."""
    settings.DATABASES["default"]["NAME"] = database
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(port)
    django.setup()
    from mats_portal.outbox import kinds  # noqa: PLC0415 - models need the set-up above
    from mats_portal.outbox.services import deliver_letters  # noqa: PLC0415
    from tests.outbox.conftest import NOTICE, OFFER  # noqa: PLC0415

    vars(kinds)["furnishings"] = lambda kind: (NOTICE, OFFER) if kind == "letters" else ()
    print("ready", flush=True)  # noqa: T201 - the drill waits for it
    while True:
        deliver_letters()
        time.sleep(0.05)


if __name__ == "__main__":
    main(*sys.argv[1:3])
