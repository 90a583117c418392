"""The embedded PostgreSQL: made once, started and stopped as often as needed.

Whoever calls `start` or `stop` holds the cluster's lock (see `servers`).
"""

import hashlib
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from mats_portal.devstack import binaries, places
from mats_portal.devstack.binaries import Command
from mats_portal.devstack.places import Cluster, DevstackError

ROLES = Path(__file__).with_name("roles.sql")
PATIENCE = 30.0
PATIENCE_WITH_ORPHANS = 10.0  # Those of a killed server may hold its lock and its memory for a moment.
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_destination": "stderr",
    "logging_collector": "off",
}
# Nothing in a test run has to survive a power cut.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def is_ready(cluster: Cluster) -> bool:
    """Whether our server runs and takes connections."""
    pid = _postmaster(cluster)
    return pid is not None and _status(cluster, pid) == "ready"


def start(cluster: Cluster) -> None:
    """Make the cluster if there is none, start its server, and bring the roles up to date. Raises DevstackError."""
    _forget_strangers(cluster)
    if not cluster.data.exists():
        _initialise(cluster)
    _refuse_other_version(cluster)
    wanted = _access_rules(cluster)
    rules = cluster.data / "pg_hba.conf"
    is_current = rules.read_text(encoding="utf-8") == wanted
    if not is_current:  # The socket's folder is closed to others, so for this moment nobody is asked who they are.
        rules.write_text("local all all trust\n", encoding="utf-8")
    process = _launch(cluster)
    if not is_current:
        _apply_roles(cluster)
        rules.write_text(wanted, encoding="utf-8")
        process.send_signal(signal.SIGHUP)


def stop(cluster: Cluster) -> None:
    """Stop our server if it runs: first kindly, and if that takes too long, at once."""
    pid = _postmaster(cluster)
    if pid is None:
        return
    for kind in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        os.kill(pid, kind)
        if _wait(lambda: not _is_alive(pid), PATIENCE / 2):
            return


def ask(cluster: Cluster, role: str, database: str, question: str) -> str:
    """What the running server answers a role, as psql prints it. Raises DevstackError, also when it is refused."""
    command: Command = [binaries.postgres_program("psql"), "--no-psqlrc", "--quiet", "--tuples-only", "--no-align"]
    command += ["-h", cluster.sockets, "-U", role, "-d", database, "-c", question]
    return binaries.run(command, environment={"PGPASSWORD": places.password(role)}).strip()


def _initialise(cluster: Cluster) -> None:
    draft = cluster.data.with_name("postgres.new")
    shutil.rmtree(draft, ignore_errors=True)
    places.make_private(draft)
    binaries.give_away(draft)
    command: Command = [binaries.postgres_program("initdb"), "-D", draft, "--username=postgres", "--auth=trust"]
    command += ["--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8", "--no-instructions"]
    binaries.run([*command, *(["--no-sync"] if cluster.is_for_tests else [])])
    draft.rename(cluster.data)


def _refuse_other_version(cluster: Cluster) -> None:
    made = (cluster.data / "PG_VERSION").read_text(encoding="ascii").strip()
    installed = binaries.run([binaries.postgres_program("postgres"), "--version"]).split()[-1].split(".")[0]
    if made != installed:
        raise DevstackError(
            f"The data in {cluster.data} was made by PostgreSQL {made}, but {installed} is installed. "
            "Move that folder away to begin anew."
        )


def _access_rules(cluster: Cluster) -> str:
    """Passwords for everyone. The first line changes whenever the roles have to be made anew."""
    subject = ROLES.read_bytes() + places.key().encode() + cluster.name.encode()
    return f"# roles {hashlib.sha256(subject).hexdigest()[:16]}\nlocal all all scram-sha-256\n"


def _launch(cluster: Cluster) -> "subprocess.Popen[bytes]":
    settings = SETTINGS | {"unix_socket_directories": str(cluster.sockets), "unix_socket_permissions": "0700"}
    if cluster.is_for_tests:
        settings |= CARELESS
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    command: Command = [binaries.postgres_program("postgres"), "-D", cluster.data, *options]
    until = time.monotonic() + PATIENCE_WITH_ORPHANS
    while True:
        process = binaries.start(command, cluster.log("postgres"))
        if _came_up(cluster, process):
            return process
        process.kill()
        if time.monotonic() > until:
            break
        time.sleep(0.5)
    tail = "\n".join(cluster.log("postgres").read_text(errors="replace").splitlines()[-8:])
    raise DevstackError(f"PostgreSQL did not start. Its last words:\n{tail}")


def _came_up(cluster: Cluster, process: "subprocess.Popen[bytes]") -> bool:
    """Wait for the server to take connections; False when it ended or took too long."""

    def is_decided() -> bool:
        return process.poll() is not None or _status(cluster, process.pid) == "ready"

    return _wait(is_decided, PATIENCE) and process.poll() is None


def _apply_roles(cluster: Cluster) -> None:
    variables = {
        "owner_password": places.password("portal_owner"),
        "app_password": places.password("portal_app"),
        "support_password": places.password("support_app"),
        "for_tests": str(cluster.is_for_tests).lower(),
    }
    command: Command = [binaries.postgres_program("psql"), "--no-psqlrc", "--quiet", "-U", "postgres", "-d", "postgres"]
    command += ["-h", cluster.sockets]
    # Given on standard input: other users can read the words of a command line.
    text = "".join(f"\\set {name} {value}\n" for name, value in variables.items())
    binaries.run(command, text=text + ROLES.read_text(encoding="utf-8"))


def _pid_file(cluster: Cluster) -> list[str]:
    try:
        return (cluster.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return []


def _status(cluster: Cluster, pid: int) -> str:
    """What the server with this process id last wrote about itself: "starting", "ready", "stopping"."""
    lines = _pid_file(cluster)
    return lines[7].strip() if len(lines) > 7 and lines[0] == str(pid) else ""


def _postmaster(cluster: Cluster) -> int | None:
    """The process id of our running server. A stale file may name a stranger, so the process itself is asked."""
    lines = _pid_file(cluster)
    if not lines or not lines[0].isdigit():
        return None
    pid = int(lines[0])
    return pid if f" -D {cluster.data} " in _command_line(pid) else None


def _command_line(pid: int) -> str:
    """The words of a process, empty when it is gone."""
    if Path("/proc/self/cmdline").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            return ""
    return subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True).stdout


def _is_alive(pid: int) -> bool:
    binaries.reap()
    return bool(_command_line(pid).strip())


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _forget_strangers(cluster: Cluster) -> None:
    """Remove the traces of a killed server whose process id now belongs to some other program, or to a zombie."""
    binaries.reap()
    lines = _pid_file(cluster)
    if lines and _postmaster(cluster) is None and (not lines[0].isdigit() or _exists(int(lines[0]))):
        (cluster.data / "postmaster.pid").unlink(missing_ok=True)
    lock = cluster.sockets / ".s.PGSQL.5432.lock"
    if lock.exists() and not _answers(cluster.sockets / ".s.PGSQL.5432"):
        lock.unlink(missing_ok=True)


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(2)
        return probe.connect_ex(str(path)) == 0


def _wait(condition: Callable[[], bool], seconds: float) -> bool:
    """Wait until the condition holds, at most for so long; say whether it does."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True
