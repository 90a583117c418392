"""`make run`: the servers, both sites, the worker and its clock, until Ctrl-C."""

import http.client
import os
import signal
import subprocess
import sys
import time
from types import FrameType

from mats_portal import devstack
from mats_portal.devstack import children, places, postgres
from mats_portal.devstack.children import Child
from mats_portal.devstack.places import CHECKOUT, VAR, DevstackError

MANAGE = [sys.executable, str(CHECKOUT / "manage.py")]
READY_WITHIN = 180.0
Command = tuple[str, str, list[str]]  # Its name, the SERVICE it runs as, its words.


class Interrupted(BaseException):
    """Somebody asked us to end."""


def run() -> int:
    """Serve until somebody asks us to end. The answer is the exit status."""
    for kind in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(kind, _interrupt)
    began = time.monotonic()
    started: list[Child] = []
    try:
        with devstack.running():
            _say("PostgreSQL and Valkey are running", began)
            try:
                return _serve(started, began)
            finally:
                for kind in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                    signal.signal(kind, signal.SIG_IGN)
                print("\nStopping …", flush=True)
                children.stop(started)
    except Interrupted:
        return 0
    except DevstackError as problem:
        print(problem, file=sys.stderr)
        return 1


def _serve(started: list[Child], began: float) -> int:
    environment, port, support_port = _environment()
    _manage(["prepare"], environment)
    _say("The databases and the static files are up to date", began)
    if places.is_on("DEMO_COHORTS", otherwise=True) and _may_be_empty():
        _manage(["demo", "--if-empty"], environment)
        _say("The demo cohorts are there", began)
    logs = VAR / "log"
    sites, background = _commands(port, support_port)
    for name, service, command in sites:
        started.append(children.start(name, command, environment | {"SERVICE": service}, logs))
    for child, its_port in zip(started, (port, support_port), strict=True):
        if not _wait_until_ready(child, its_port):
            return _give_up(child)
    _say("Ready", began)
    # What the first page does not need comes after it: the second process of the portal, the worker, its clock.
    started[0].process.send_signal(signal.SIGTTIN)
    for name, service, command in background:
        started.append(children.start(name, command, environment | {"SERVICE": service}, logs))
    print(f"\n  The portal   {environment['SITE_URL']}\n  Support      {environment['SUPPORT_SITE_URL']}")
    print(f"  Letters      {VAR / 'mail'}\n  Logs         {VAR / 'log'}\n", flush=True)
    _manage(["demo_logins"], environment)
    print("\nCtrl-C ends it all; the data stays.", flush=True)
    while True:
        time.sleep(0.5)
        for child in started:
            if child.has_ended:
                return _give_up(child)


def _environment() -> tuple[dict[str, str], int, int]:
    """The environment of the children, and the ports of the two sites."""
    wanted = int(places.configured("PORT") or 8000)
    port = children.free_port(wanted)
    if port != wanted:
        print(f"Port {wanted} is taken, so the portal uses {port}.", flush=True)
    support_port = children.free_port(port + 1)
    environment = dict(os.environ)
    environment["SITE_URL"] = places.configured("SITE_URL") or f"http://localhost:{port}"
    environment["SUPPORT_SITE_URL"] = places.configured("SUPPORT_SITE_URL") or f"http://localhost:{support_port}"
    environment["DEMO_LOGINS"] = places.configured("DEMO_LOGINS") or "1"
    return environment, port, support_port


def _commands(port: int, support_port: int) -> tuple[list[Command], list[Command]]:
    """The sites, and what runs behind them."""
    celery = [sys.executable, "-m", "celery", "--app", "mats_portal"]
    worker = [*celery, "worker", "--concurrency", "2", "--loglevel", "INFO", "--hostname", f"portal-{port}@%h"]
    schedule = VAR / "beat" / f"schedule-{port}"
    schedule.parent.mkdir(parents=True, exist_ok=True)
    beat = [*celery, "beat", "--loglevel", "INFO", "--schedule", str(schedule), "--pidfile="]
    sites: list[Command] = [
        ("portal", "portal", _gunicorn(port)),
        ("support", "support", _gunicorn(support_port)),
    ]
    return sites, [("worker", "portal", worker), ("beat", "portal", beat)]


def _gunicorn(port: int) -> list[str]:
    command = [sys.executable, "-m", "gunicorn", "mats_portal.wsgi", "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", "1", "--threads", "4", "--no-control-socket"]
    return [*command, "--reload"] if places.is_on("DEBUG", otherwise=False) else command


def _manage(words: list[str], environment: dict[str, str]) -> None:
    """Run one of the portal's commands to its end. Raises DevstackError when it fails."""
    if subprocess.run([*MANAGE, *words], env=environment, cwd=CHECKOUT).returncode:
        raise DevstackError(f"`manage.py {' '.join(words)}` did not work; what it said is above.")


def _may_be_empty() -> bool:
    """Whether the portal may hold no cohort. Asked of our own server directly, which takes no time."""
    if places.configured("DATABASE_URL"):
        return True  # The command asks again, through the portal.
    return postgres.ask(places.current(), "portal_app", "portal", "SELECT EXISTS (SELECT FROM cohorts_cohort)") == "f"


def _wait_until_ready(child: Child, port: int) -> bool:
    end = time.monotonic() + READY_WITHIN
    while time.monotonic() < end and not child.has_ended:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/health/ready/", headers={"Host": "localhost"})
            if connection.getresponse().status == 200:
                return True
        except (OSError, http.client.HTTPException):
            pass
        finally:
            connection.close()
        time.sleep(0.1)
    return False


def _give_up(child: Child) -> int:
    print(f"\n{child.name} does not work. Its last words ({child.log}):\n{child.last_words()}", file=sys.stderr)
    return 1


def _say(text: str, began: float) -> None:
    print(f"{time.monotonic() - began:6.1f} s  {text}", flush=True)


def _interrupt(_kind: int, _frame: FrameType | None) -> None:
    raise Interrupted
