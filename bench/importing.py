"""`make bench-import`: 10,120 applications, 116 MB of CSV, taken in by the command, and the same file once more.

The file is the sample of 460 in as many copies, each with record numbers and addresses of its own. The gate is the
largest resident set of the command's process, as the system counts it, and that the second time changes nothing.
"""

from __future__ import annotations

import csv
import gzip
import io
import os
import subprocess
import sys
import time
from pathlib import Path

import django

CLUSTER, SLUG, COPIES = "test-bench", "large-import", 22
MOST_MEMORY = 300  # MB
SAMPLE = Path("applications/sample/summer-2023")
FOLDER = Path("var/bench-import")


def main() -> int:
    """Print a table; 1 when a goal is missed."""
    os.environ["DEVSTACK_CLUSTER"] = CLUSTER
    from mats_portal import devstack  # noqa: PLC0415 - reads the cluster's name set above

    FOLDER.mkdir(parents=True, exist_ok=True)
    with devstack.running():
        _run("manage.py", "prepare", role="owner")
        _run("-m", "bench.importing", "begin", role="owner")
        streams, applications = FOLDER / "streams.csv", FOLDER / "applications.csv"
        streams.write_bytes(gzip.decompress((SAMPLE / "streams.csv.gz").read_bytes()))
        _multiply(applications)
        _run("manage.py", "import", "streams", str(streams), "--cohort", SLUG, role="app")
        print(f"{'what':44} {'seconds':>8} {'peak MB':>8} {'goal':>6}  verdict")
        bad = 0
        size = applications.stat().st_size / 1_000_000
        for what in (f"import of {size:.0f} MB", "the same file once more"):
            seconds, peak = _run("manage.py", "import", "applications", str(applications), "--cohort", SLUG, role="app")
            bad += peak > MOST_MEMORY
            verdict = "missed" if peak > MOST_MEMORY else "ok"
            print(f"{what:44} {seconds:>8.1f} {peak:>8.0f} {MOST_MEMORY:>6}  {verdict}", flush=True)
    applications.unlink()
    return 1 if bad else 0


def begin() -> None:
    """An empty cohort in the bench's own database."""
    django.setup()
    from bench.rows import begin_from_nothing  # noqa: PLC0415 - models need the set-up above
    from tests import make  # noqa: PLC0415

    begin_from_nothing()
    make.make_cohort("Large import", slug=SLUG)


def _multiply(path: Path) -> None:
    """Write the sample as often as asked, one copy in memory at a time."""
    text = gzip.decompress((SAMPLE / "applications.csv.gz").read_bytes()).decode("utf-8-sig")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        for copy in range(COPIES):
            rows = csv.reader(io.StringIO(text, newline=""))
            headers = next(rows)
            number = headers.index("Record ID")
            (address,) = (place for place, header in enumerate(headers) if header.strip() == "Email address")
            if not copy:
                writer.writerow(headers)
            for row in rows:
                row[number] = f"{row[number]}-{copy}"
                row[address] = f"c{copy}.{row[address].strip()}"
                writer.writerow(row)


def _run(*command: str, role: str) -> tuple[float, float]:
    """Run a Python program to its end: seconds, and the largest resident set in MB. Raises RuntimeError if it fails."""
    before = time.perf_counter()
    environment = os.environ | {"DATABASE_ROLE": role}
    process = subprocess.Popen([sys.executable, *command], env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command[:2])} failed")
    return time.perf_counter() - before, usage.ru_maxrss / 1024


if __name__ == "__main__":
    if sys.argv[1:] == ["begin"]:
        begin()
    else:
        sys.exit(main())
