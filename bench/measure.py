"""Ask for a page, and three times for the yardstick after it; say the ratio."""

from __future__ import annotations

import http.client
import statistics
import time
from dataclasses import dataclass

from bench.counting import HEADER

ROUNDS = 15
WARM = 3
STICKS = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """One answer."""

    status: int
    seconds: float
    size: int
    statements: int


@dataclass(frozen=True, slots=True)
class Measured:
    """What a page cost: the median ratio to the yardstick, its own median in ms, its size, its statements."""

    ratio: float
    milliseconds: float
    size: int
    statements: int


def ask(port: int, path: str, cookie: str) -> Asked:
    """One request with a session's cookie."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    before = time.perf_counter()
    connection.request("GET", path, headers={"Cookie": cookie})
    response = connection.getresponse()
    body = response.read()
    seconds = time.perf_counter() - before
    connection.close()
    return Asked(response.status, seconds, len(body), int(response.headers.get(HEADER, 0)))


def measure(port: int, path: str, cookie: str, stick_port: int, stick_cookie: str) -> Measured:
    """Pairs of page and yardstick. Raises RuntimeError for a page that does not answer 200."""
    ratios, own, last = [], [], None
    for number in range(WARM + ROUNDS):
        last = ask(port, path, cookie)
        if last.status != http.client.OK:
            raise RuntimeError(f"{path} answered {last.status}")
        stick = statistics.median(ask(stick_port, "/", stick_cookie).seconds for _ in range(STICKS))
        if number >= WARM:
            ratios.append(last.seconds / stick)
            own.append(last.seconds)
    if last is None:
        raise RuntimeError("nothing was measured")
    return Measured(statistics.median(ratios), 1000 * statistics.median(own), last.size, last.statements)
