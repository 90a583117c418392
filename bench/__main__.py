"""`make bench`: measure the pages at 3 and at 2,000 rows, on servers of its own, and print a table.
`make bench-large`: the applications table at 1,000, 10,000 and 100,000. `make bench-hour`: the hour before a close.
`make bench-reviews`: selection with 1,000 and 10,000 applications of three reviews each.

The number of statements is a gate (the same at both sizes, at most twelve for a list); times are for reading: a busy
machine moves them, the ratio less.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

CLUSTER = "test-bench"
WORKERS = 2


def main() -> int:
    """Prepare, serve, measure, print. Answers 1 when a page runs too many statements, or more for more rows."""
    os.environ["DEVSTACK_CLUSTER"] = CLUSTER
    os.environ["LOG_LEVEL"] = "ERROR"
    from mats_portal import devstack  # noqa: PLC0415 - reads the cluster's name set above

    if devstack.places.configured("DATABASE_URL"):
        print("The bench measures on the embedded servers. Unset DATABASE_URL first.", file=sys.stderr)
        return 2
    wanted = sys.argv[1] if len(sys.argv) > 1 else "rows"
    with devstack.running():
        _run("manage.py", "prepare", role="owner")
        worlds = json.loads(_run("-m", f"bench.{wanted}", role="owner"))
        stick = _run("-m", "bench.yardstick", role="owner").strip()
        with (
            _served("mats_portal.wsgi", "bench.portal_settings", role="app") as port,
            _served("django.core.wsgi:get_wsgi_application()", "bench.yardstick.settings", role="owner") as stick_port,
        ):
            from bench import hour, large, reviews  # noqa: PLC0415 - reads the settings of the servers started above

            report = {"large": large.report, "hour": hour.report, "reviews": reviews.report}.get(wanted, _report)
            return report(worlds, port, stick_port, f"sessionid={stick}")


def _report(worlds: list[dict[str, Any]], port: int, stick_port: int, stick: str) -> int:
    from bench.measure import Measured, measure  # noqa: PLC0415
    from bench.pages import PAGES  # noqa: PLC0415

    print(f"{'page':24} {'rows':>6} {'statements':>10} {'xY':>6} {'ms':>6} {'KB':>6} {'goal':>5}  verdict")
    bad = 0
    for page in PAGES:
        before: Measured | None = None
        for world in worlds:
            path, cookie = page.path.format(**world), f"session={world['cookies'][page.who]}"
            found = measure(port, path, cookie, stick_port, stick)
            said = [] if found.ratio <= page.goal else ["slow"]
            if found.statements > page.most or (before and found.statements > before.statements):
                said.append("too many statements")
                bad += 1
            print(
                f"{page.name:24} {world['size']:>6,} {found.statements:>10} {found.ratio:>6.2f}"
                f" {found.milliseconds:>6.1f} {found.size / 1024:>6.1f} {page.goal:>5.1f}  {', '.join(said) or 'ok'}",
                flush=True,
            )
            before = found
    return 1 if bad else 0


def _run(*command: str, role: str) -> str:
    """Run a Python program to its end; its output."""
    environment = os.environ | {"DATABASE_ROLE": role}
    done = subprocess.run([sys.executable, *command], env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout


@contextmanager
def _served(application: str, settings: str, *, role: str) -> Iterator[int]:
    """A site under gunicorn on a free port while the block lasts."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": settings, "DATABASE_ROLE": role, "SERVICE": "portal"}
    command = [
        sys.executable, "-m", "gunicorn", "--no-control-socket", "--workers", str(WORKERS), "--log-level", "error",
        "--bind", f"127.0.0.1:{port}", application,
    ]  # fmt: skip
    server = subprocess.Popen(command, env=environment)
    try:
        _wait_for(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    """Until somebody listens. Raises RuntimeError if the server ends or half a minute passes."""
    for _ in range(300):
        if server.poll() is not None:
            break
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("The server did not start.")


if __name__ == "__main__":
    sys.exit(main())
