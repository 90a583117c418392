"""PostgreSQL and Valkey for a machine that has neither, taken from wheels.

They serve when DATABASE_URL or REDIS_URL is not set. Everything here uses the
standard library only. Settings ask for addresses, which are known before any
server runs; `manage.py` keeps the servers running while a command works.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from mats_portal.devstack import binaries, places, servers
from mats_portal.devstack.places import DevstackError

__all__ = ["DevstackError", "addresses", "broker_url", "email_url", "running", "runs_as_owner", "secret_key"]
OWNERS_COMMANDS = frozenset({"prepare", "migrate", "makemigrations", "sqlmigrate", "squashmigrations", "flush"})


def addresses(*, with_support: bool) -> dict[str, str]:
    """The addresses of the embedded servers by the names of the settings they stand in for.

    Empty when DATABASE_URL names a server. SUPPORT_DATABASE_URL is among them only when asked for.
    """
    if places.configured("DATABASE_URL"):
        return {} if places.configured("REDIS_URL") or not _has_wheels() else _valkey_address()
    result = {
        "DATABASE_URL": _database_address("portal_app", "portal"),
        "DATABASE_OWNER_URL": _database_address("portal_owner", "portal"),
        **_valkey_address(),
    }
    if with_support:
        result["SUPPORT_DATABASE_URL"] = _database_address("support_app", "support")
    return result


@contextmanager
def running() -> Iterator[None]:
    """Keep the embedded servers that the settings ask for running while the block lasts; nothing when they ask none.

    Raises DevstackError when a server is needed and cannot be started.
    """
    with_postgres = not places.configured("DATABASE_URL")
    with_valkey = not places.configured("REDIS_URL") and (with_postgres or _has_wheels())
    if not (with_postgres or with_valkey):
        yield
        return
    with servers.running(places.current(), with_postgres=with_postgres, with_valkey=with_valkey):
        if with_postgres:  # For `manage.py dbshell`.
            os.environ["PATH"] = f"{os.environ.get('PATH', '')}:{binaries.postgres_program('psql').parent}"
        yield


def secret_key() -> str:
    """The random key of this checkout, or nothing when a server of one's own asks for a key of one's own."""
    return "" if places.configured("DATABASE_URL") else places.key()


def runs_as_owner() -> bool:
    """Whether this process may alter tables: DATABASE_ROLE=owner says so, and so do the commands that exist for it."""
    if role := os.environ.get("DATABASE_ROLE"):
        return role == "owner"
    is_command = Path(sys.argv[0]).name in {"manage.py", "django-admin"}
    is_removal = is_command and sys.argv[1:2] == ["demo"] and "--remove" in sys.argv
    return is_removal or (is_command and len(sys.argv) > 1 and sys.argv[1] in OWNERS_COMMANDS)


def broker_url(redis_url: str) -> str:
    """The address as Celery's transport spells it, which has a word of its own for a socket."""
    path, _, query = redis_url.removeprefix("unix://").partition("?")
    if not redis_url.startswith("unix://"):
        return redis_url
    database = dict(pair.partition("=")[::2] for pair in query.split("&")).get("db", "0")
    return f"redis+socket://{path}?virtual_host={database}"


def email_url() -> str:
    """Where letters go when EMAIL_URL is not set: into files below `var/mail`, or to this machine's mail server."""
    if places.configured("DATABASE_URL"):
        return "smtp://localhost:25"
    return f"filemail:///{quote(str(places.VAR / 'mail'))}"


def _database_address(role: str, database: str) -> str:
    return f"postgres://{role}:{places.password(role)}@/{places.current().sockets}/{database}"


def _valkey_address() -> dict[str, str]:
    return {"REDIS_URL": f"unix://{places.current().valkey_socket}?db=0"}


def _has_wheels() -> bool:
    try:
        return binaries.valkey_program().exists()
    except DevstackError:
        return False
