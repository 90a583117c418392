"""The processes that `make run` keeps beside one another, each in a group of its own."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 15.0
PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """One process with what it started: its name, and the file that holds what it says."""

    name: str
    process: "subprocess.Popen[bytes]"
    log: Path

    @property
    def has_ended(self) -> bool:
        """Whether the process is gone."""
        return self.process.poll() is not None

    def last_words(self, lines: int = 15) -> str:
        """The end of its log."""
        return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])


def start(name: str, command: list[str], environment: dict[str, str], logs: Path) -> Child:
    """Start a process whose words go to a file. On Linux it is told to end when we are killed."""
    logs.mkdir(parents=True, exist_ok=True)
    log = logs / f"{name}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=environment,
            start_new_session=True,
            preexec_fn=_end_with_parent if sys.platform == "linux" else None,
        )
    return Child(name, process, log)


def stop(children: list[Child]) -> None:
    """End all of them, with everything they started: kindly first, then at once."""
    for kind, seconds in ((signal.SIGTERM, PATIENCE), (signal.SIGKILL, 5.0)):
        remaining = [child for child in children if _group_lives(child)]
        for child in remaining:
            _tell(child, kind)
        end = time.monotonic() + seconds
        while any(_group_lives(child) for child in remaining) and time.monotonic() < end:
            time.sleep(0.05)


def free_port(wanted: int) -> int:
    """The wanted port, or the next one that nobody listens on."""
    for port in range(wanted, min(wanted + 200, 65_536)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError(f"No free port was found from {wanted} on. Set PORT to another number.")


def _group_lives(child: Child) -> bool:
    child.process.poll()  # Without this, the ended leader of a group would stay as a zombie in it.
    try:
        os.killpg(child.process.pid, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def _tell(child: Child, kind: signal.Signals) -> None:
    """SIGTERM goes to the leader alone, who ends its own workers in order; SIGKILL goes to the whole group."""
    try:
        if kind == signal.SIGTERM and not child.has_ended:
            child.process.send_signal(kind)
        else:
            os.killpg(child.process.pid, kind)
    except ProcessLookupError:
        pass


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
