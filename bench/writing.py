"""An applicant at a browser, as far as the server can tell: saves, looks, submits, uploads, and keeps what was said."""

from __future__ import annotations

import http.client
import json
import os
import re
import statistics
import time
from dataclasses import dataclass, field
from html import unescape
from threading import Lock
from urllib.parse import urlencode

from pypdf.generic import StreamObject

from tests.applications import pdfs

ROUNDS, WARM, STICKS = 60, 10, 3
FORM = "application/x-www-form-urlencoded"
BORDER = "bench-border"


def _cv() -> bytes:
    """A CV of one megabyte: a page, and a picture's worth of noise."""
    writer, noise = pdfs.writer_of(), StreamObject()
    noise.set_data(os.urandom(1_000_000))
    writer._add_object(noise)
    return pdfs.written(writer)


CV = _cv()


@dataclass(frozen=True, slots=True)
class Told:
    """One answer: its status (0: none), how long it took since it was due, and what it said."""

    status: int
    seconds: float
    body: bytes = b""
    cookie: str = ""


def post(port: int, path: str, cookies: str, body: bytes | None, *, kind: str = FORM, since: float = 0.0) -> Told:
    """Send a form, or ask for a page (body None), with a session's cookies."""
    before = since or time.perf_counter()
    headers = {"Cookie": cookies}
    if body is not None:
        headers |= {"Content-Type": kind, "X-Requested-With": "fetch", "Accept": "application/json"}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET" if body is None else "POST", path, body, headers)
        response = connection.getresponse()
        told = response.read()
        cookie = (re.search(r"csrf=(\w+)", response.headers.get("Set-Cookie", "")) or [""] * 2)[1]
        return Told(response.status, time.perf_counter() - before, told, cookie)
    except OSError:
        return Told(0, time.perf_counter() - before)
    finally:
        connection.close()


@dataclass
class Applicant:
    """Somebody with a draft. `acknowledged`: what the server last said that it has; None after a doubtful answer."""

    port: int
    slug: str
    session: str
    acknowledged: str | None = None
    token: str = ""
    csrf: str = ""
    revision: int = 0
    lock: Lock = field(default_factory=Lock)

    @property
    def cookies(self) -> str:
        """What the browser sends along."""
        return f"session={self.session}; csrf={self.csrf}"

    def path(self, part: str) -> str:
        """The address of a part of the application."""
        return f"/cohorts/{self.slug}/apply/{part}"

    def _open(self) -> str:
        """Open the page that asks why; keep its token and version, and say what stands in the field."""
        told = post(self.port, self.path("why-this-work/"), self.cookies, None)
        page = told.body.decode()
        self.csrf = told.cookie or self.csrf
        self.token = (re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page) or ["", ""])[1]
        self.revision = int((re.search(r'name="revision" value="(\d+)"', page) or ["", "0"])[1])
        return unescape((re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", page, re.DOTALL) or ["", ""])[1])

    def save(self, text: str, since: float = 0.0) -> Told:
        """Save while writing."""
        typed = {"csrfmiddlewaretoken": self.token, "revision": str(self.revision), "q_motivation": text}
        told = post(self.port, self.path("why-this-work/"), self.cookies, urlencode(typed).encode(), since=since)
        self.acknowledged = text if told.status == http.client.OK else None
        if self.acknowledged:
            self.revision = json.loads(told.body)["version"]
        return told

    def act(self, kind: str, number: int, since: float) -> Told:
        """One request, the applicant's own last one being over."""
        with self.lock:
            if not self.token:
                self._open()
            if kind == "save":
                return self.save(f"Sentence after sentence, number {number}. " * 40, since)
            if kind == "page":
                part = ("", "review/", "streams/")[number % 3]
                return post(self.port, self.path(part), self.cookies, None, since=since)
            return self._upload(since) if kind == "upload" else self._submit(since)

    def _submit(self, since: float) -> Told:
        body = urlencode({"csrfmiddlewaretoken": self.token}).encode()
        return post(self.port, self.path("review/"), self.cookies, body, since=since)

    def _upload(self, since: float) -> Told:
        fields = (
            f'--{BORDER}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{self.token}\r\n'
            f'--{BORDER}\r\nContent-Disposition: form-data; name="file"; filename="cv.pdf"\r\n'
            "Content-Type: application/pdf\r\n\r\n"
        )
        body = fields.encode() + CV + f"\r\n--{BORDER}--\r\n".encode()
        kind = f"multipart/form-data; boundary={BORDER}"
        return post(self.port, self.path("cv/"), self.cookies, body, kind=kind, since=since)

    def has_lost(self) -> bool:
        """Whether something else stands in the field than what the server last said that it has."""
        return self.acknowledged is not None and self._open().strip() != self.acknowledged.strip()


def weigh(writer: Applicant, stick_port: int, stick: str) -> tuple[float, float]:
    """The median ratio of one autosave to a bare view that updates one row, and the autosave's own milliseconds.

    Raises RuntimeError when one of them is not taken.
    """
    writer._open()
    ratios, own = [], []
    for number in range(WARM + ROUNDS):
        mine = writer.save(f"Word after word, {number}. " * 60)
        bare = [post(stick_port, "/update/", stick, b"name=x") for _ in range(STICKS)]
        if {mine.status, *(one.status for one in bare)} != {http.client.OK}:
            raise RuntimeError(f"An autosave answered {mine.status}, the bare view {bare[0].status}")
        if number >= WARM:
            ratios.append(mine.seconds / statistics.median(one.seconds for one in bare))
            own.append(1000 * mine.seconds)
    return statistics.median(ratios), statistics.median(own)
