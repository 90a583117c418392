"""Sharing the embedded servers: the first who needs them starts them, the last to leave stops them.

Everyone holds a shared lock for as long as they need the servers. Whoever leaves
tries to take that lock alone: if it can be had, nobody else is there. The kernel
gives up the locks of a killed process, so nothing has to be cleaned up after one.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mats_portal.devstack import binaries, places, postgres, valkey
from mats_portal.devstack.places import Cluster


@contextmanager
def running(cluster: Cluster, *, with_postgres: bool = True, with_valkey: bool = True) -> Iterator[None]:
    """Keep the servers running for as long as the block lasts. Raises DevstackError when they cannot be started."""
    _prepare(cluster)
    with _open(cluster.sockets.with_name(f"{cluster.name}.users")) as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        try:
            _start(cluster, with_postgres=with_postgres, with_valkey=with_valkey)
            yield
        finally:
            fcntl.flock(users, fcntl.LOCK_UN)
            _stop_if_unused(cluster, users)


def stop(cluster: Cluster) -> bool:
    """Stop servers that a killed process left behind. False when somebody still uses them."""
    _prepare(cluster)
    with _open(cluster.sockets.with_name(f"{cluster.name}.users")) as users:
        return _stop_if_unused(cluster, users)


def clusters() -> list[Cluster]:
    """Every set of servers that this checkout ever started."""
    names = [path.stem for path in places.home().glob("*.users")] if places.home().exists() else []
    return [Cluster(name) for name in sorted(names)]


def _prepare(cluster: Cluster) -> None:
    places.make_home()
    for folder in {cluster.sockets, cluster.data.parent}:
        if not folder.exists():
            places.make_private(folder)
        binaries.give_away(folder)


def _start(cluster: Cluster, *, with_postgres: bool, with_valkey: bool) -> None:
    with _open(cluster.sockets.with_name(f"{cluster.name}.starting")) as starting:
        fcntl.flock(starting, fcntl.LOCK_EX)
        if with_postgres and not postgres.is_ready(cluster):
            postgres.start(cluster)
        if with_valkey and not valkey.is_ready(cluster):
            valkey.start(cluster)


def _stop_if_unused(cluster: Cluster, users: int) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    try:
        valkey.stop(cluster)
        postgres.stop(cluster)
    finally:
        fcntl.flock(users, fcntl.LOCK_UN)
    return True


@contextmanager
def _open(path: Path) -> Iterator[int]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
