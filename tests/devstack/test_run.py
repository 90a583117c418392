"""`make run` as a newcomer meets it: in a copy of the checkout, with spaces in its path and the port taken."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from mats_portal.devstack.places import CHECKOUT

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
LEFT_BEHIND = shutil.ignore_patterns(".*", "var", "docs", "tests", "__pycache__", "node_modules")


class Runner:
    """A copy of the checkout and the commands typed in it."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.log = folder.parent / "said.txt"
        # What an outer test run or `.env` decided is not for this copy.
        ours = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "USER"}}
        self.environment = {**ours, "PORT": str(port), "DEMO_COHORTS": "0", "PYTHONUNBUFFERED": "1"}

    def start(self) -> "subprocess.Popen[bytes]":
        """Type `make run` and wait until the portal says that it is ready."""
        with self.log.open("wb") as said:
            process = subprocess.Popen(
                self._words("run"), cwd=self.folder, env=self.environment, stdout=said, stderr=said
            )
        deadline = time.monotonic() + 240
        while "Ctrl-C ends it all" not in self.log.read_text():
            assert process.poll() is None, self.log.read_text()
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.2)
        return process

    def devstack(self, act: str) -> int:
        """Type another of the embedded servers' commands."""
        return subprocess.run(self._words(act), cwd=self.folder, env=self.environment, timeout=180).returncode

    def manage(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Type a command of the portal."""
        command = [sys.executable, "manage.py", *words]
        return subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True, timeout=180
        )

    def address_of(self, site: str) -> int:
        """The port that was printed for a site."""
        line = next(line for line in self.log.read_text().splitlines() if line.strip().startswith(site))
        return int(line.rpartition(":")[2])

    def processes(self) -> list[str]:
        """The command lines of everything that runs for this copy, servers included."""
        listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True).stdout.splitlines()
        home = subprocess.run(
            [sys.executable, "-c", "from mats_portal.devstack import places; print(places.home())"],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
        ).stdout.strip()
        port = self.address_of("The portal")
        return [line for line in listed if home in line or str(self.folder) in line or f"127.0.0.1:{port}" in line]

    def wait_for_the_end_of_children(self) -> list[str]:
        """What still runs when all but the servers had time to end."""
        deadline = time.monotonic() + 30
        while any("celery" in line or "gunicorn" in line for line in self.processes()) and time.monotonic() < deadline:
            time.sleep(0.5)
        return self.processes()

    def _words(self, act: str) -> list[str]:
        return [sys.executable, "-m", "mats_portal.devstack", act]


@pytest.fixture
def runner(tmp_path: Path) -> Iterator[Runner]:
    """A fresh copy whose wanted port somebody else listens on."""
    folder = tmp_path / "a portal with spaces"
    shutil.copytree(CHECKOUT, folder, ignore=LEFT_BEHIND)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        runner = Runner(folder, taken.getsockname()[1])
        yield runner
    runner.devstack("stop")
    remove = "import shutil; from mats_portal.devstack import places; shutil.rmtree(places.home())"
    subprocess.run([sys.executable, "-c", remove], cwd=folder, env=runner.environment, check=True)


def _status(port: int, path: str) -> int:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("GET", path, headers={"Host": "localhost"})
        return connection.getresponse().status


def test_run_serves_shares_its_servers_and_leaves_nothing_behind(runner: Runner) -> None:
    process = runner.start()
    assert f"Port {runner.environment['PORT']} is taken" in runner.log.read_text()
    portal, support = runner.address_of("The portal"), runner.address_of("Support")
    assert (_status(portal, "/health/ready/"), _status(support, "/health/ready/")) == (200, 200)
    assert _status(portal, "/support/") == 404

    beside = runner.manage(
        "shell", "--no-imports", "--command", "from django.db import connection as c; print(c.vendor)"
    )
    assert beside.stdout.strip() == "postgresql", beside.stderr
    assert _status(portal, "/health/ready/") == 200

    process.send_signal(signal.SIGTERM)
    assert process.wait(90) == 0
    assert runner.processes() == []


def test_run_starts_again_after_everything_was_killed(runner: Runner) -> None:
    process = runner.start()
    for line in subprocess.run(["ps", "-eo", "pid,args"], capture_output=True, text=True).stdout.splitlines():
        if str(runner.folder) in line and "postgres" in line:
            os.kill(int(line.split()[0]), signal.SIGKILL)
    process.kill()
    process.wait(10)
    runner.wait_for_the_end_of_children()

    again = runner.start()
    assert _status(runner.address_of("The portal"), "/health/ready/") == 200
    again.send_signal(signal.SIGINT)
    assert again.wait(90) == 0
    assert runner.processes() == []
