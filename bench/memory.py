"""How much memory the workers of a served site have taken at most."""

from __future__ import annotations

import os
from pathlib import Path

PROCESSES = Path("/proc")


def peak_of_workers() -> float:
    """The largest resident set, in MB, that a worker of a server started by this process ever had (Linux only)."""
    parents = {int(one.name): _fact(one, "PPid") for one in PROCESSES.glob("[0-9]*")}
    servers = {pid for pid, parent in parents.items() if parent == os.getpid()}
    workers = [pid for pid, parent in parents.items() if parent in servers]
    return max((_fact(PROCESSES / str(pid), "VmHWM") for pid in workers), default=0) / 1024


def _fact(process: Path, name: str) -> int:
    """A number of a process, 0 when it is gone."""
    try:
        lines = (process / "status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{name}:")), 0)
