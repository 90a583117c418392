"""A mail server for tests: it takes letters, or fails in one of the ways in which mail servers fail."""

from __future__ import annotations

import contextlib
import email
import email.policy
import socketserver
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from enum import StrEnum
from typing import cast


class Mode(StrEnum):
    """How the server behaves. `drop_after_data` keeps the letter and hangs up without a word."""

    ACCEPT = "accept"
    HANG = "hang"
    BUSY = "421"
    NO_SUCH_USER = "550"
    GREYLIST = "450"
    DROP_AFTER_DATA = "drop"


@dataclass
class Taken:
    """One letter as it came over the wire."""

    recipients: list[str]
    message: EmailMessage


@dataclass
class Sink:
    """What the server got, how it behaves, and how long it thinks before its last answer."""

    mode: Mode = Mode.ACCEPT
    delay: float = 0.0
    taken: list[Taken] = field(default_factory=list)
    refuse: str = ""  # an address that does not exist, whatever the mode
    port: int = 0


class Conversation(socketserver.StreamRequestHandler):
    """One connection."""

    def handle(self) -> None:
        """Speak SMTP until one side has enough."""
        sink = cast("Server", self.server).sink
        if sink.mode == Mode.HANG:
            time.sleep(3)
            return
        self.say("421 too busy" if sink.mode == Mode.BUSY else "220 sink")
        recipients: list[str] = []
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"RCPT":
                address = line.decode().split("<", 1)[1].split(">", 1)[0]
                answer = self.answer_to_recipient(sink, address)
                recipients += [address] if answer.startswith("250") else []
                self.say(answer)
            elif verb == b"DATA":
                self.say("354 go on")
                if not self.take(sink, recipients):
                    return
                recipients = []
            elif verb == b"QUIT":
                self.say("221 bye")
                return
            else:
                recipients = [] if verb in {b"MAIL", b"RSET"} else recipients
                self.say("250 ok")

    def answer_to_recipient(self, sink: Sink, address: str) -> str:
        """Whether there is such a person here."""
        if sink.mode == Mode.GREYLIST:
            return "450 come back later"
        return "550 no such user" if sink.mode == Mode.NO_SUCH_USER or address == sink.refuse else "250 ok"

    def take(self, sink: Sink, recipients: list[str]) -> bool:
        """Read the letter and answer; False when the server hangs up instead."""
        lines = []
        while (line := self.rfile.readline()) and line != b".\r\n":
            lines.append(line.removeprefix(b"."))
        message = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        sink.taken.append(Taken(recipients, message))
        if sink.mode == Mode.DROP_AFTER_DATA:
            return False
        time.sleep(sink.delay)
        self.say("250 taken")
        return True

    def say(self, line: str) -> None:
        """Send one line, even to somebody who has gone."""
        with contextlib.suppress(OSError):
            self.wfile.write(f"{line}\r\n".encode())


class Server(socketserver.ThreadingTCPServer):
    """Listens on a free port of this machine."""

    daemon_threads = True
    allow_reuse_address = True
    sink: Sink

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that was killed is part of the test."""


@contextlib.contextmanager
def running_sink() -> Iterator[Sink]:
    """A mail server while the block lasts."""
    with Server(("127.0.0.1", 0), Conversation) as server:
        server.sink = Sink(port=server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield server.sink
        finally:
            server.shutdown()
            thread.join()
