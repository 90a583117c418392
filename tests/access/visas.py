"""Visas: the scholar's own, and programme staff. No mentor, no evaluator, no support."""

from __future__ import annotations

from typing import Any

from tests.scenarios import World


def _scholar(world: World) -> list[Any]:
    return [world.cohort.slug, world.scholarship.code]


def _own(world: World) -> list[Any]:
    assert world.scholarship.state == "active"
    return []


ARGS = {"own": _own, "slug": lambda world: [world.cohort.slug], "scholar": _scholar}
DATA = {"visas:own": {"need": "needed"}, "visas:visa": {"need": "none"}}
TABLE = """
#                     anonym nobody applic review mentor grader support scholar alumn staff admin no-2fa
GET  visas:own   own     in  404    404    404    404    404    404     200     404   404   404   2fa
POST visas:own   own     in  404    404    404    404    404    404     302     404   404   404   403
GET  visas:visas slug    in  403    403    403    403    403    403     403     403   200   403   2fa
GET  visas:visa  scholar in  403    403    403    403    403    403     403     403   200   403   2fa
POST visas:visa  scholar in  403    403    403    403    403    403     403     403   302   403   403
"""
