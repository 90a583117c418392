"""Gives a test run servers of its own. Loaded by `-p` in pyproject.toml, before Django's settings are read.

The servers keep nothing a power cut would spare (fsync is off). Two runs at once
each get their own; the workers of one run share. When DATABASE_URL is set, that
server is used instead.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import ExitStack
from tempfile import TemporaryDirectory

import pytest

from mats_portal import devstack
from mats_portal.devstack import chromium, places

MOST_RUNS_AT_ONCE = 20
BROWSER_FIXTURES = {"browser", "context", "new_context", "page"}
_stack = ExitStack()


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Iterator[None]:
    """Start the servers, and let what follows read their addresses from the environment."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        os.environ["DATABASE_ROLE"] = "owner"
        # Playwright keeps an event loop in the thread of the test, which makes Django cautious without need.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        os.environ[places.CLUSTER_VARIABLE] = _take_place()
        _stack.enter_context(devstack.running())
        # One folder for the files of all workers: they may be killed before they tidy up, this process is not.
        os.environ["TEST_FILES"] = _stack.enter_context(TemporaryDirectory(prefix="mats-portal-test-"))
    yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that ask for a browser, and leave them out where there is none."""
    has_browser = bool(chromium.find())
    for item in items:
        if BROWSER_FIXTURES.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.browser)
            if not has_browser:
                item.add_marker(pytest.mark.skip(reason=chromium.LEFT_OUT))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line what was left out, and why."""
    skipped = terminalreporter.stats.get("skipped", [])
    count = sum(chromium.LEFT_OUT in str(report.longrepr) for report in skipped)
    if count:
        terminalreporter.write_line(f"Left out: {count} browser journeys, because {chromium.LEFT_OUT}.")


def pytest_unconfigure() -> None:
    """Stop the servers."""
    _stack.close()


def _take_place() -> str:
    """The name of the first set of test servers that no other run has taken; ours until this process ends."""
    places.make_home()
    for number in range(1, MOST_RUNS_AT_ONCE + 1):
        lock = os.open(places.home() / f"test-{number}.taken", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            continue
        _stack.callback(os.close, lock)
        return f"test-{number}"
    raise pytest.UsageError(f"{MOST_RUNS_AT_ONCE} test runs of this checkout are under way. Wait for one to end.")
