"""Reviewing and ranking: who was asked, and the stream's mentors. Selecting: staff of the cohort alone."""

from __future__ import annotations

from typing import Any

from applications.models import Application
from applications.services import attach_document, submit_application
from mats_portal.cohorts.states import CohortRole
from mentors.models import Offer, SelectionRound
from mentors.services import (
    assign_reviewer,
    declare_conflict,
    prepare_offers,
    rank_applications,
    run_matching,
    waive_scoring,
)
from mentors.states import ConflictKind, WaiverReason
from tests import make
from tests.applications import pdfs
from tests.mentors import world as selection
from tests.scenarios import World


def _application(world: World) -> Application:
    """An application to the mentor's stream, which the reviewer was asked to review."""
    if "mentors_application" not in world.__dict__:
        application = make.make_application(world.cohort, make.make_person("Bo"), [world.stream])
        assign_reviewer(application=application, reviewer=world.person("reviewer"), by=world.person("staff"))
        world.__dict__["mentors_application"] = application
    found: Application = world.__dict__["mentors_application"]
    return found


def _with_cv(world: World) -> Application:
    """The same application, with a CV."""
    application = _application(world)
    if not application.documents.exists():
        bo = application.person
        attach_document(application=application, name="cv.pdf", content=pdfs.plain(), by=bo)
        submit_application(application=application, by=bo)
    return application


def _round(world: World) -> SelectionRound:
    """A prepared round with one offer."""
    if "mentors_round" not in world.__dict__:
        ordered, rui = [_application(world).code], world.person("staff")
        rank_applications(stream=world.stream, ordered=ordered, would_take=1, expected_revision=0, by=rui)
        made = run_matching(cohort=world.cohort, by=rui)
        prepare_offers(made=made, by=rui)
        world.__dict__["mentors_round"] = made
    found: SelectionRound = world.__dict__["mentors_round"]
    return found


def _left(world: World) -> list[Any]:
    """An application that the mentor has left to others."""
    application = _application(world)
    waive_scoring(applications=[application], reason=WaiverReason.NO_TIME, by=selection.fresh(world.person("mentor")))
    return [world.cohort.slug, application.code]


def _tie(world: World) -> list[Any]:
    ben = make.make_person("Ben")
    make.make_membership(ben, world.cohort, CohortRole.REVIEWER)
    application = _application(world)
    declare_conflict(application=application, person=ben, kind=ConflictKind.FRIEND, by=ben)
    return [world.cohort.slug, ben.code, application.code]


def _reviewer(world: World) -> list[Any]:
    _application(world)
    return [world.cohort.slug, world.person("reviewer").code]


def _offer(world: World) -> list[Any]:
    return [world.cohort.slug, Offer.objects.get(round=_round(world)).code]


ARGS = {
    "slug": lambda world: [world.cohort.slug],
    "desk": lambda world: [world.cohort.slug, _application(world).code],
    "desk_cv": lambda world: [world.cohort.slug, _with_cv(world).code],
    "stream": lambda world: [world.cohort.slug, world.stream.code],
    "left": _left,
    "reviewer": _reviewer,
    "asked": lambda world: [*_reviewer(world), _application(world).code],
    "tie": _tie,
    "round": lambda world: [world.cohort.slug, _round(world).code],
    "offer": _offer,
}
# A reviewer sees the queue and the desk of what they were asked; staff read applications elsewhere.
TABLE = """
#                                 anonym nobody applic review mentor grader support scholar alumn staff admin no-2fa
GET  mentors:assignments   slug     in     403    403    403    403    403    403     403     403   200   403   2fa
POST mentors:assignments   slug     in     403    403    403    403    403    403     403     403   200   403   403
GET  mentors:assign        slug     in     403    403    403    403    403    403     403     403   200   403   2fa
POST mentors:assign        slug     in     403    403    403    403    403    403     403     403   200   403   403
GET  mentors:reviewer      reviewer in     403    403    403    403    403    403     403     403   200   403   2fa
POST mentors:take_back     asked    in     403    403    403    403    403    403     403     403   302   403   403
POST mentors:lift_conflict tie      in     403    403    403    403    403    403     403     403   302   403   403
GET  mentors:review        slug     in     403    403    200    200    403    403     403     403   200   403   2fa
GET  mentors:desk          desk     in     403    403    200    200    403    403     403     403   404   403   2fa
POST mentors:desk          desk     in     403    403    400    400    403    403     403     403   404   403   403
GET  mentors:cv            desk_cv in   403    403    200    200    403    403     403     403   404   403   2fa
GET  mentors:waive         desk     in     403    403    403    200    403    403     403     403   404   403   2fa
POST mentors:waive         desk     in     403    403    403    400    403    403     403     403   404   403   403
POST mentors:take_back_waiver left  in     403    403    404    302    403    403     403     403   404   403   403
GET  mentors:waive_several stream   in     403    403    404    200    403    403     403     403   404   403   2fa
POST mentors:waive_several stream   in     403    403    404    400    403    403     403     403   404   403   403
GET  mentors:conflict      desk     in     403    403    200    200    403    403     403     403   404   403   2fa
POST mentors:conflict      desk     in     403    403    200    200    403    403     403     403   404   403   403
GET  mentors:own_ranking   slug     in     403    403    404    302    403    403     403     403   404   403   2fa
GET  mentors:ranking       stream   in     403    403    404    200    403    403     403     403   200   403   2fa
POST mentors:ranking       stream   in     403    403    404    400    403    403     403     403   400   403   403
GET  mentors:selection     slug     in     403    403    403    403    403    403     403     403   200   403   2fa
POST mentors:run           slug     in     403    403    403    403    403    403     403     403   302   403   403
GET  mentors:round         round    in     403    403    403    403    403    403     403     403   200   403   2fa
POST mentors:prepare       round    in     403    403    403    403    403    403     403     403   302   403   403
POST mentors:set_aside     round    in     403    403    403    403    403    403     403     403   302   403   403
POST mentors:release       round    in     403    403    403    403    403    403     403     403   400   403   403
GET  mentors:offers        slug     in     403    403    403    403    403    403     403     403   200   403   2fa
GET  mentors:make_offer    slug     in     403    403    403    403    403    403     403     403   200   403   2fa
POST mentors:make_offer    slug     in     403    403    403    403    403    403     403     403   400   403   403
POST mentors:release_one   offer    in     403    403    403    403    403    403     403     403   302   403   403
GET  mentors:withdraw      offer    in     403    403    403    403    403    403     403     403   200   403   2fa
POST mentors:withdraw      offer    in     403    403    403    403    403    403     403     403   400   403   403
"""
