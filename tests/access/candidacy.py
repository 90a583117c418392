"""Offering to mentor: whoever has signed in. Candidacies: staff, and who was asked. The portfolio: staff."""

from __future__ import annotations

from typing import Any

from mentors.candidacy.models import Candidacy, Rating
from tests.candidacy.world import FORM, make_candidacy, set_date
from tests.scenarios import World


def _candidacy(world: World) -> Candidacy:
    """An offer that the reviewer was asked to rate."""
    if "candidacy" not in world.__dict__:
        set_date(world.cohort, 5)
        candidacy = make_candidacy(world.cohort)
        Rating.objects.create(candidacy=candidacy, expert=world.person("reviewer"), asked_by=world.person("staff"))
        world.__dict__["candidacy"] = candidacy
    found: Candidacy = world.__dict__["candidacy"]
    return found


def _open(world: World) -> list[Any]:
    _candidacy(world)
    return [world.cohort.slug]


ARGS = {"open": _open, "one": lambda world: [world.cohort.slug, _candidacy(world).code]}
DATA = {
    "candidacy:offer": FORM,
    "candidacy:candidacy": {"value": "4"},
    "candidacy:decision": {"seats": "1", "stream_name": "Oversight"},
    "candidacy:tie": {"kind": "friend"},
    "candidacy:invite": {"email": "nia@example.org"},
}
TABLE = """
#                             anonym nobody applic review mentor grader support scholar alumn staff admin no-2fa
GET  candidacy:offer       open in   200    200    200    200    200    200     200     200   200   200   2fa
POST candidacy:offer       open in   302    302    302    302    302    302     302     302   302   302   403
POST candidacy:withdraw    open in   404    404    404    404    404    404     404     404   404   404   403
GET  candidacy:candidacies open in   403    403    403    403    403    403     403     403   200   403   2fa
POST candidacy:candidacies open in   403    403    403    403    403    403     403     403   302   403   403
GET  candidacy:ask         open in   403    403    403    403    403    403     403     403   200   403   2fa
POST candidacy:ask         open in   403    403    403    403    403    403     403     403   200   403   403
GET  candidacy:invite      open in   403    403    403    403    403    403     403     403   200   403   2fa
POST candidacy:invite      open in   403    403    403    403    403    403     403     403   302   403   403
GET  candidacy:decisions   open in   403    403    403    403    403    403     403     403   200   403   2fa
POST candidacy:decisions   open in   403    403    403    403    403    403     403     403   200   403   403
POST candidacy:decision    one  in   403    403    403    403    403    403     403     403   302   403   403
GET  candidacy:rate        open in   403    403    200    200    403    403     403     403   200   403   2fa
GET  candidacy:candidacy   one  in   403    403    200    404    403    403     403     403   200   403   2fa
POST candidacy:candidacy   one  in   403    403    302    404    403    403     403     403   403   403   403
GET  candidacy:tie         one  in   403    403    200    404    403    403     403     403   200   403   2fa
POST candidacy:tie         one  in   403    403    302    404    403    403     403     403   302   403   403
GET  candidacy:portfolio   open in   403    403    403    403    403    403     403     403   200   403   2fa
"""
