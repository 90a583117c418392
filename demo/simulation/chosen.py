"""Who will be a scholar, of which stream: quotas of education on one side, seats on the other.

A maximum flow (source → education → person → stream → seats) by shortest augmenting
paths, so that the quotas hold whenever the applications allow it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from itertools import pairwise

from demo.simulation.shapes import SIXTY_BY_EDUCATION, Applied, in_proportion

Node = tuple[str, str]
SOURCE: Node = ("source", "")
SINK: Node = ("sink", "")


def choose(applied: Sequence[Applied], seats: Mapping[str, int], quality: Mapping[str, float]) -> dict[str, str]:
    """The stream of each chosen person. Better and more preferred come first where the quotas leave a choice."""
    total = sum(seats.values())
    room = _graph(applied, seats, in_proportion(SIXTY_BY_EDUCATION, total), quality)
    taken = _fill(room, total)
    if taken < total:  # these applications cannot fill the quotas: whoever is good may come
        for education in SIXTY_BY_EDUCATION:
            room[SOURCE][("education", education)] = total
        _fill(room, total - taken)
    return {
        person.key: stream
        for person in applied
        for stream in person.streams
        if room[("stream", stream)].get(("person", person.key), 0)
    }


def _graph(
    applied: Sequence[Applied], seats: Mapping[str, int], quotas: Mapping[str, int], quality: Mapping[str, float]
) -> dict[Node, dict[Node, int]]:
    room: dict[Node, dict[Node, int]] = {SOURCE: {}, SINK: {}}
    for education in SIXTY_BY_EDUCATION:
        room[SOURCE][("education", education)] = quotas[education]
        room[("education", education)] = {SOURCE: 0}
    for stream, free in seats.items():
        room[("stream", stream)] = {SINK: free}
        room[SINK][("stream", stream)] = 0
    for person in sorted(applied, key=lambda one: -quality[one.key]):
        node, education_node = ("person", person.key), ("education", person.education)
        if education_node not in room:
            continue
        room[education_node][node] = 1
        room[node] = {education_node: 0}
        for stream in person.streams:
            if stream in seats:
                room[node][("stream", stream)] = 1
                room[("stream", stream)][node] = 0
    return room


def _fill(room: dict[Node, dict[Node, int]], wanted: int) -> int:
    """Send up to `wanted` people through; returns how many there was a way for."""
    for sent in range(wanted):
        path = _way_through(room)
        if not path:
            return sent
        for here, there in pairwise(path):
            room[here][there] -= 1
            room[there][here] += 1
    return wanted


def _way_through(room: dict[Node, dict[Node, int]]) -> list[Node]:
    """A shortest path with room on every step, or nothing."""
    came_from: dict[Node, Node] = {SOURCE: SOURCE}
    waiting = deque([SOURCE])
    while waiting:
        here = waiting.popleft()
        for there, free in room[here].items():
            if free and there not in came_from:
                came_from[there] = here
                waiting.append(there)
        if SINK in came_from:
            path = [SINK]
            while path[-1] != SOURCE:
                path.append(came_from[path[-1]])
            return path[::-1]
    return []
