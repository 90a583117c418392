"""The rubric: staff of the cohort, and administrators, who set cohorts up."""

from __future__ import annotations

from typing import Any

from mats_portal.rubrics.services import default_rubric
from tests.scenarios import World


def _ready(*rest: Any) -> Any:
    def args(world: World) -> list[Any]:
        default_rubric(cohort=world.cohort, by=world.person("staff"))
        return [world.cohort.slug, *rest]

    return args


TABLE = """
#                          anonym nobody applic review mentor grader support scholar alumn staff admin no-2fa
GET  rubrics:rubric    cohort  in     403    403    403    403    403    403     403     403   200   200   2fa
GET  rubrics:preview   cohort  in     403    403    403    403    403    403     403     403   200   200   2fa
GET  rubrics:version   first   in     403    403    403    403    403    403     403     403   200   200   2fa
GET  rubrics:add       cohort  in     403    403    403    403    403    403     403     403   200   200   2fa
POST rubrics:add       cohort  in     403    403    403    403    403    403     403     403   302   302   403
GET  rubrics:criterion one     in     403    403    403    403    403    403     403     403   200   200   2fa
POST rubrics:criterion one     in     403    403    403    403    403    403     403     403   302   302   403
POST rubrics:move      one     in     403    403    403    403    403    403     403     403   302   302   403
POST rubrics:remove    one     in     403    403    403    403    403    403     403     403   302   302   403
POST rubrics:restore   first   in     403    403    403    403    403    403     403     403   302   302   403
POST rubrics:copy      cohort  in     403    403    403    403    403    403     403     403   422   422   403
"""
_CRITERION = {"after": "1", "label": "Writing", "dimension": "ability", "weight": "1"}
DATA = {
    "rubrics:add": _CRITERION,
    "rubrics:criterion": _CRITERION,
    "rubrics:move": {"after": "1", "to": "up"},
    "rubrics:remove": {"after": "1"},
    "rubrics:restore": {"after": "1"},
    "rubrics:copy": {"after": "1", "cohort": "nowhere"},
}
ARGS = {"cohort": _ready(), "one": _ready("motivation"), "first": _ready(1)}
