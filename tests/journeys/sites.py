"""Both sites as they really run: two processes of gunicorn, of which only one knows the support database."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connections
from django.urls import reverse

CHECKOUT = Path(__file__).resolve().parents[2]
READY_WITHIN = 40.0


@dataclass(frozen=True, slots=True)
class Sites:
    """The addresses of the portal and of the support site."""

    portal: str
    support: str


def address_of_database(alias: str) -> str:
    """The address of a test database, for another process."""
    wanted = connections[alias].settings_dict
    login = f"{quote(wanted['USER'])}:{quote(wanted['PASSWORD'])}"
    host = wanted["HOST"]
    port = f":{wanted['PORT']}" if wanted["PORT"] else ""
    if host.startswith("/"):
        return f"postgres://{login}@/{host}/{wanted['NAME']}"
    return f"postgres://{login}@{host}{port}/{wanted['NAME']}"


@contextmanager
def serving(folder: Path) -> Iterator[Sites]:
    """Both sites on the test databases while the block lasts. Raises RuntimeError when one does not come up."""
    ports = [_free_port(), _free_port()]
    sites = Sites(*(f"http://localhost:{port}" for port in ports))
    started = []
    _collect(folder)
    try:
        for service, port in zip(("portal", "support"), ports, strict=True):
            started.append(_start(service, port, sites, folder / f"{service}.log"))
        for process, site in zip(started, (sites.portal, sites.support), strict=True):
            _wait_for(process, f"{site}{reverse('health:live')}")
        yield sites
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(timeout=20)


def _collect(folder: Path) -> None:
    """The static files as they are served, hashed and drawn together."""
    environment = os.environ | {"STATIC_ROOT": str(folder / "static"), "DJANGO_SETTINGS_MODULE": "mats_portal.settings"}
    command = [sys.executable, "manage.py", "prepare", "--no-migrate"]
    subprocess.run(command, env=environment, cwd=CHECKOUT, check=True, capture_output=True)


def _start(service: str, port: int, sites: Sites, log: Path) -> subprocess.Popen[bytes]:
    environment = {name: value for name, value in os.environ.items() if not name.endswith("DATABASE_URL")}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "tests.journeys.settings",
        "STATIC_ROOT": str(log.parent / "static"),
        "SERVICE": service,
        "SECRET_KEY": settings.SECRET_KEY,
        "DATABASE_URL": address_of_database("default"),
        "REDIS_URL": settings.REDIS_URL,
        "SITE_URL": sites.portal,
        "SUPPORT_SITE_URL": sites.support,
        "STATEMENT_TIMEOUT": "30",
        "PYTHONPATH": str(CHECKOUT),
    }
    if service == "support":
        environment["SUPPORT_DATABASE_URL"] = address_of_database("support")
    command = [sys.executable, "-m", "gunicorn", "mats_portal.wsgi", "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", "1", "--threads", "4", "--no-control-socket", "--log-level", "warning"]
    with log.open("wb") as file:
        return subprocess.Popen(command, env=environment, cwd=CHECKOUT, stdout=file, stderr=subprocess.STDOUT)


def _wait_for(process: subprocess.Popen[bytes], address: str) -> None:
    end = time.monotonic() + READY_WITHIN
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 (our own address)
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"{address} does not answer")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
