"""Where the embedded servers keep things, and the words of the environment that decide about them.

Data lives in the checkout's `var/`, sockets in a short folder below /var/tmp (the
path of a socket may hold about 100 bytes). For root everything lives below
/var/tmp: PostgreSQL then runs as an unprivileged user, who may not be able to
reach the checkout. The folder's name comes from the checkout's path, so two
checkouts never meet.
"""

import hashlib
import hmac
import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
VAR = CHECKOUT / "var"
CLUSTER_VARIABLE = "DEVSTACK_CLUSTER"


class DevstackError(Exception):
    """The embedded servers cannot do their work. The message is a sentence for the person at the keyboard."""


def am_root() -> bool:
    """Whether this process is root, for whom PostgreSQL refuses to run."""
    return os.geteuid() == 0


def home() -> Path:
    """The short folder of this checkout and this user, which holds the sockets."""
    digest = hashlib.sha256(str(CHECKOUT).encode()).hexdigest()[:8]
    return Path("/var/tmp") / f"mats-portal-{os.geteuid()}-{digest}"


def storage() -> Path:
    """The folder that holds what must be kept: the data of the servers and the key."""
    return home() if am_root() else VAR / "servers"


@dataclass(frozen=True)
class Cluster:
    """One set of servers: "main", or "test-1" and so on for test runs."""

    name: str

    @property
    def is_for_tests(self) -> bool:
        """Whether its data may be lost at any moment."""
        return self.name.startswith("test")

    @property
    def sockets(self) -> Path:
        """The folder of the sockets and the locks."""
        return home() / self.name

    @property
    def data(self) -> Path:
        """PostgreSQL's data folder."""
        return storage() / self.name / "postgres"

    @property
    def valkey_socket(self) -> Path:
        """Valkey's socket."""
        return self.sockets / "valkey.sock"

    def log(self, server: str) -> Path:
        """The log file of "postgres" or "valkey"."""
        return self.sockets / f"{server}.log"


def current() -> Cluster:
    """The set of servers that this process belongs to."""
    return Cluster(os.environ.get(CLUSTER_VARIABLE) or "main")


def configured(name: str) -> str:
    """The value of an environment variable, also as `.env` gives it; empty when there is none."""
    if value := os.environ.get(name):
        return value
    try:
        lines = (CHECKOUT / ".env").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    for line in lines:
        key, _, value = line.strip().removeprefix("export ").partition("=")
        if key.strip() == name:
            return value.strip().strip("'\"")
    return ""


def is_on(name: str, *, otherwise: bool) -> bool:
    """Whether a setting that is on or off is on, in the words that the settings understand."""
    value = configured(name).lower()
    return value in {"true", "on", "ok", "y", "yes", "1"} if value else otherwise


def make_private(folder: Path) -> None:
    """Make a folder that only we can open. Raises DevstackError when the name is taken by somebody else."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        raise DevstackError(f"The folder {folder} cannot be made ({problem.strerror}). Make it writable.") from problem
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise DevstackError(f"{folder} belongs to somebody else. Ask them to remove it, then try again.")


def key() -> str:
    """The random key of this checkout, made at the first call."""
    path = storage() / "key"
    try:
        return path.read_text(encoding="ascii")
    except FileNotFoundError:
        pass
    if am_root():
        make_home()
    else:
        make_private(path.parent)
    draft = path.with_name(f"key.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_urlsafe(50), encoding="ascii")
    try:
        os.link(draft, path)  # Unlike a rename, a link never replaces the key of a quicker process.
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text(encoding="ascii")


def make_home() -> None:
    """Make the folder of the sockets. Root's may be passed through (not listed) by the unprivileged user."""
    make_private(home())
    if am_root():
        home().chmod(0o711)


def password(role: str) -> str:
    """The password of a database role, derived from the key of this checkout."""
    return hmac.new(key().encode(), f"database role {role}".encode(), "sha256").hexdigest()[:32]
