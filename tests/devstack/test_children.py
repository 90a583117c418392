"""Processes beside one another: their words are kept, and none outlives us."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from mats_portal.devstack import children
from mats_portal.devstack.places import CHECKOUT


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not (stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z")


def _wait_for(log: Path, word: str) -> str:
    for _ in range(200):
        if log.exists() and word in (text := log.read_text()):
            return text
        time.sleep(0.05)
    raise AssertionError(f"{word!r} was never said")


def test_stop_ends_children_and_what_they_started(tmp_path: Path) -> None:
    shell = 'sleep 300 & echo "grandchild $!"; trap "exit 0" TERM; wait'
    child = children.start("family", ["/bin/sh", "-c", shell], dict(os.environ), tmp_path)
    grandchild = int(_wait_for(child.log, "grandchild").split()[1])
    children.stop([child])
    assert child.has_ended
    assert not _is_alive(grandchild)


def test_stop_ends_a_child_that_will_not_listen(tmp_path: Path) -> None:
    program = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(300)"
    )
    child = children.start("deaf", [sys.executable, "-c", program], dict(os.environ), tmp_path)
    _wait_for(child.log, "up")
    patience, children.PATIENCE = children.PATIENCE, 0.3
    try:
        children.stop([child])
    finally:
        children.PATIENCE = patience
    assert child.process.returncode == -signal.SIGKILL


def test_last_words_are_the_end_of_the_log(tmp_path: Path) -> None:
    child = children.start("speaker", ["/bin/sh", "-c", "seq 1 50; echo why >&2"], dict(os.environ), tmp_path)
    child.process.wait(10)
    assert child.last_words(3) == "49\n50\nwhy"


def test_children_end_when_we_are_killed(tmp_path: Path) -> None:
    program = (
        "import os, pathlib, time; from mats_portal.devstack import children\n"
        f"child = children.start('orphan', ['sleep', '300'], dict(os.environ), pathlib.Path({str(tmp_path)!r}))\n"
        "print(child.process.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, cwd=CHECKOUT) as parent:
        assert parent.stdout is not None
        orphan = int(parent.stdout.readline())
        assert _is_alive(orphan)
        parent.kill()
    for _ in range(100):
        if not _is_alive(orphan):
            return
        time.sleep(0.05)
    raise AssertionError("The child outlived its parent.")


def test_taken_port_gives_way_to_the_next() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert children.free_port(port) > port
