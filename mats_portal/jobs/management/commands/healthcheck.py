"""`manage.py healthcheck [web|worker|beat]`: is this part alive? For containers; the exit status is the answer."""

import http.client
import socket
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models.functions import Now

from mats_portal.celery import app
from mats_portal.jobs.models import Heartbeat

PORT = 8000
SILENCE = timedelta(minutes=3)


class Command(BaseCommand):
    """Ask one part of the portal whether it does its work."""

    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the part to ask."""
        parser.add_argument("part", nargs="?", default="web", choices=["web", "worker", "beat"])

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask, and raise CommandError (exit status 1) when the answer is no."""
        ask = {"web": _web_answers, "worker": _worker_answers, "beat": _beat_was_heard}[options["part"]]
        if not ask():
            raise CommandError(f"The {options['part']} does not answer.")


def _web_answers() -> bool:
    """The site in this container is ready: it reaches what it needs."""
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=4)
    try:
        connection.request(
            "GET", "/health/ready/", headers={"Host": urlsplit(settings.SITE_URL).hostname or "localhost"}
        )
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        connection.close()


def _worker_answers() -> bool:
    """The worker in this container takes orders."""
    return bool(app.control.ping(destination=[f"celery@{socket.gethostname()}"], timeout=5))


def _beat_was_heard() -> bool:
    """The schedule rang lately, and a worker heard it."""
    return Heartbeat.objects.filter(name="beat", at__gt=Now() - SILENCE).exists()
