"""The embedded Valkey: a doorbell that forgets. It keeps nothing on disk."""

import socket
import time

from mats_portal.devstack import binaries
from mats_portal.devstack.binaries import Command
from mats_portal.devstack.places import Cluster, DevstackError

PATIENCE = 10.0


def is_ready(cluster: Cluster) -> bool:
    """Whether the server answers."""
    return _ask(cluster, b"PING") == b"+PONG"


def start(cluster: Cluster) -> None:
    """Start the server and wait until it answers. Raises DevstackError."""
    cluster.valkey_socket.unlink(missing_ok=True)
    command: Command = [binaries.valkey_program(), "--port", "0", "--unixsocket", cluster.valkey_socket]
    command += ["--unixsocketperm", "700", "--save", "", "--appendonly", "no", "--dir", cluster.sockets]
    process = binaries.start(command, cluster.log("valkey"))
    end = time.monotonic() + PATIENCE
    while not is_ready(cluster):
        if process.poll() is not None or time.monotonic() > end:
            process.kill()
            raise DevstackError(f"Valkey did not start. {cluster.log('valkey')} says why.")
        time.sleep(0.02)


def stop(cluster: Cluster) -> None:
    """Stop the server if it runs."""
    if not is_ready(cluster):
        return
    _ask(cluster, b"SHUTDOWN NOSAVE")
    end = time.monotonic() + PATIENCE
    while is_ready(cluster) and time.monotonic() < end:
        time.sleep(0.02)
    binaries.reap()
    cluster.valkey_socket.unlink(missing_ok=True)


def _ask(cluster: Cluster, command: bytes) -> bytes:
    """Say one command and return the first line of the answer, empty when nobody answers."""
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(2)
        try:
            line.connect(str(cluster.valkey_socket))
            line.sendall(command + b"\r\n")
            return line.recv(64).strip()
        except OSError:
            return b""
