"""Reviewing and ranking: who was asked, and the stream's mentors. Selecting: staff of the cohort alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from applications.models import Application
from applications.services import attach_answer_file, attach_document, submit_application
from mats_portal.cohorts.states import CohortRole
from mats_portal.questionnaires.models import AnswerFile
from mats_portal.rubrics.services import default_rubric
from mentors.models import Assignment, AssignmentBatch, Mark, Marking, Offer, Release, SelectionRound
from mentors.services import (
    ask_what_if,
    assign_reviewer,
    decide_pair,
    declare_conflict,
    prepare_offers,
    prepare_release,
    run_matching,
    share_seats,
    waive_scoring,
)
from mentors.states import ConflictKind, DecisionKind, WaiverReason
from tests import make
from tests.applications import pdfs
from tests.mentors import world as selection
from tests.scenarios import World


def _application(world: World) -> Application:
    """An application to the mentor's stream, which the reviewer was asked to review."""
    if "mentors_application" not in world.__dict__:
        application = make.make_application(world.cohort, make.make_person("Bo"), [world.asking_stream])
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


def _with_file(world: World) -> list[Any]:
    """The same, with a file as an answer to the stream."""
    application = _application(world)
    bo, choice = application.person, application.choices.get()
    file = AnswerFile.objects.filter(sheet=choice.sheet).first() or attach_answer_file(
        application=application,
        choice=choice,
        key=make.FILE_QUESTION.key,
        name="work.pdf",
        content=pdfs.plain(),
        by=bo,
    )
    submit_application(application=application, by=bo)
    return [world.cohort.slug, application.code, file.code]


def _round(world: World) -> SelectionRound:
    """A prepared round with one offer, run when everybody has applied, Ada too: who comes later makes it stale."""
    if "mentors_round" not in world.__dict__:
        _told(world)
        rui = world.person("staff")
        selection.rank(world.stream, rui, _application(world))
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


def _said(world: World) -> list[Any]:
    """Another application, which the mentor has left to others, so that its discussion is open to them."""
    if "mentors_discussed" not in world.__dict__:
        application = make.make_application(world.cohort, make.make_person("Cy"), [world.stream])
        mira = selection.fresh(world.person("mentor"))
        waive_scoring(applications=[application], reason=WaiverReason.NO_TIME, by=mira)
        world.__dict__["mentors_discussed"] = application
    return [world.cohort.slug, world.__dict__["mentors_discussed"].code]


def _tie(world: World) -> list[Any]:
    ben = make.make_person("Ben")
    make.make_membership(ben, world.cohort, CohortRole.REVIEWER)
    application = _application(world)
    declare_conflict(application=application, person=ben, kind=ConflictKind.FRIEND, by=ben)
    return [world.cohort.slug, ben.code, application.code]


def _reviewer(world: World) -> list[Any]:
    _application(world)
    return [world.cohort.slug, world.person("reviewer").code]


def _what_if(world: World) -> list[Any]:
    """A what-if of one more seat."""
    if "mentors_what_if" not in world.__dict__:
        rui = world.person("staff")
        selection.rank(world.stream, rui, _application(world))
        change = {"kind": "seats", "stream": world.stream.code, "seats": world.stream.seats + 1}
        world.__dict__["mentors_what_if"] = ask_what_if(cohort=world.cohort, change=change, by=rui)
    return [world.cohort.slug, world.__dict__["mentors_what_if"].code]


def _shared(world: World) -> list[Any]:
    """Two streams that share seats."""
    streams = [world.stream.code, make.make_stream(world.cohort).code]
    if "mentors_shared" not in world.__dict__:
        shared = share_seats(cohort=world.cohort, name="Pool", seats=3, streams=streams, by=world.person("staff"))
        world.__dict__["mentors_shared"] = shared
    return [world.cohort.slug, world.__dict__["mentors_shared"].code]


def _pair(world: World) -> list[Any]:
    """A pair fixed by decision."""
    if "mentors_pair" not in world.__dict__:
        application, rui = _application(world), world.person("staff")
        pair = decide_pair(application=application, stream=world.stream, reason="Needed.", by=rui)
        world.__dict__["mentors_pair"] = pair
    return [world.cohort.slug, world.__dict__["mentors_pair"].code]


def _marking(world: World) -> list[Any]:
    """The reviewer marks a question that the application answers."""
    application = _application(world)
    if "mentors_marking" not in world.__dict__:
        version = default_rubric(cohort=world.cohort, by=world.person("staff"))
        marking = Marking.objects.create(
            cohort=world.cohort,
            question_key="why",
            wording="Why?",
            criterion=version.criteria.all()[0],
            marker=world.person("reviewer"),
            assigned_by=world.person("staff"),
        )
        Mark.objects.create(marking=marking, application=application)
        world.__dict__["mentors_marking"] = marking
    return [world.cohort.slug, world.__dict__["mentors_marking"].code]


def _batch(world: World) -> list[Any]:
    """An assignment made at once, with one review that nobody has begun."""
    rui, application = world.person("staff"), _application(world)
    batch = AssignmentBatch.objects.create(cohort=world.cohort, title="One reviewer", made_by=rui)
    Assignment.objects.filter(application=application).update(batch=batch)
    return [world.cohort.slug, batch.code]


def _offer(world: World) -> list[Any]:
    return [world.cohort.slug, Offer.objects.get(round=_round(world)).code]


def _release(world: World) -> Release:
    """A draft of a release that Ben prepared."""
    if "mentors_release" not in world.__dict__:
        _round(world)
        ben = make.make_person("Ben")
        world.__dict__["mentors_release"] = prepare_release(cohort=world.cohort, kinds=list(DecisionKind), by=ben)
    found: Release = world.__dict__["mentors_release"]
    return found


def _told(world: World) -> list[Any]:
    """The cohort that told Ada that it has no seat for her."""
    if not world.application.decisions.exists():
        selection.make_told(world.application)
    return [world.cohort.slug]


DATA = {
    "mentors:discussion": {"text": "Well argued."},
    "mentors:doubt": {"reason": "The second answer is a page of another site."},
    "mentors:note": {"text": "Ask about Fermi."},
}
ARGS: dict[str, Callable[[World], list[str]]] = {
    "slug": lambda world: [world.cohort.slug],
    "desk": lambda world: [world.cohort.slug, _application(world).code],
    "desk_cv": lambda world: [world.cohort.slug, _with_cv(world).code],
    "desk_file": _with_file,
    "stream": lambda world: [world.cohort.slug, world.stream.code],
    "left": _left,
    "said": _said,
    "reviewer": _reviewer,
    "asked": lambda world: [*_reviewer(world), _application(world).code],
    "tie": _tie,
    "round": lambda world: [world.cohort.slug, _round(world).code],
    "offer": _offer,
    "what_if": _what_if,
    "shared": _shared,
    "pair": _pair,
    "batch": _batch,
    "release": lambda world: [world.cohort.slug, _release(world).code],
    "decision": lambda world: [world.cohort.slug, _release(world).code, _release(world).decisions.all()[0].code],
    "told": _told,
    "marking": _marking,
    "marked": lambda world: [*_marking(world), _application(world).code],
}
# A reviewer sees the queue and the desk of what they were asked; staff read applications elsewhere.
TABLE = """
#                                 anonym nobody applic review mentor grader support scholar alumn staff admin no-2fa
GET  mentors:assignments   slug     in     403    403    403    403    403    403     403     403   200   403   2fa
POST mentors:assignments   slug     in     403    403    403    403    403    403     403     403   200   403   403
GET  mentors:assign        slug     in     403    403    403    403    403    403     403     403   200   403   2fa
POST mentors:assign        slug     in     403    403    403    403    403    403     403     403   200   403   403
GET  mentors:markings      slug     in     403    403    403    403    403    403     403     403   200   403   2fa
POST mentors:markings      slug     in     403    403    403    403    403    403     403     403   200   403   403
GET  mentors:mark          marking  in     403    403    200    404    403    403     403     403   404   403   2fa
POST mentors:mark          marking  in     403    403    200    404    403    403     403     403   404   403   403
POST mentors:new_answers   marking  in     403    403    403    403    403    403     403     403   302   403   403
POST mentors:take_back_question marking in 403    403    403    403    403    403     403     403   302   403   403
GET  mentors:mark_conflict marked   in     403    403    200    404    403    403     403     403   404   403   2fa
POST mentors:mark_conflict marked   in     403    403    200    404    403    403     403     403   404   403   403
GET  mentors:next_reviews  slug     in     403    403    403    403    403    403     403     403   200   403   2fa
POST mentors:next_reviews  slug     in     403    403    403    403    403    403     403     403   200   403   403
GET  mentors:nudge         slug     in     403    403    403    403    403    403     403     403   200   403   2fa
POST mentors:nudge         slug     in     403    403    403    403    403    403     403     403   200   403   403
GET  mentors:undo_assignment batch  in     403    403    403    403    403    403     403     403   200   403   2fa
POST mentors:undo_assignment batch  in     403    403    403    403    403    403     403     403   302   403   403
GET  mentors:reviewer      reviewer in     403    403    403    403    403    403     403     403   200   403   2fa
POST mentors:take_back     asked    in     403    403    403    403    403    403     403     403   302   403   403
POST mentors:lift_conflict tie      in     403    403    403    403    403    403     403     403   302   403   403
GET  mentors:review        slug     in     403    403    200    200    403    403     403     403   200   403   2fa
GET  mentors:desk          desk     in     403    403    200    200    403    403     403     403   404   403   2fa
POST mentors:desk          desk     in     403    403    400    400    403    403     403     403   404   403   403
GET  mentors:compare       desk     in     403    403    200    200    403    403     403     403   404   403   2fa
GET  mentors:doubt         desk     in     403    403    200    200    403    403     403     403   404   403   2fa
POST mentors:doubt         desk     in     403    403    302    302    403    403     403     403   404   403   403
GET  mentors:cv            desk_cv in   403    403    200    200    403    403     403     403   404   403   2fa
GET  mentors:file          desk_file in 403    403    200    200    403    403     403     403   404   403   2fa
GET  mentors:discussion    said     in     403    403    404    200    403    403     403     403   200   403   2fa
POST mentors:discussion    said     in     403    403    404    302    403    403     403     403   302   403   403
POST mentors:note          desk     in     403    403    302    302    403    403     403     403   302   403   403
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
GET  mentors:scores        slug     in     403    403    403    403    403    403     403     403   200   403   2fa
GET  mentors:review_export slug     in     403    403    403    403    403    403     403     403   200   403   2fa
GET  mentors:selection     slug     in     403    403    403    403    403    403     403     403   200   403   2fa
POST mentors:run           slug     in     403    403    403    403    403    403     403     403   302   403   403
GET  mentors:floor         slug     in     403    403    403    403    403    403     403     403   200   403   2fa
POST mentors:floor         slug     in     403    403    403    403    403    403     403     403   400   403   403
GET  mentors:rules         slug     in     403    403    403    403    403    403     403     403   200   403   2fa
POST mentors:rules         slug     in     403    403    403    403    403    403     403     403   400   403   403
POST mentors:stop_sharing  shared   in     403    403    403    403    403    403     403     403   302   403   403
GET  mentors:fix           slug     in     403    403    403    403    403    403     403     403   403   403   2fa
POST mentors:fix           slug     in     403    403    403    403    403    403     403     403   403   403   403
POST mentors:unfix         pair     in     403    403    403    403    403    403     403     403   403   403   403
GET  mentors:what_if       slug     in     403    403    403    403    403    403     403     403   200   403   2fa
POST mentors:what_if       slug     in     403    403    403    403    403    403     403     403   400   403   403
GET  mentors:make_round    what_if  in     403    403    403    403    403    403     403     403   200   403   2fa
POST mentors:make_round    what_if  in     403    403    403    403    403    403     403     403   302   403   403
GET  mentors:round         round    in     403    403    403    403    403    403     403     403   200   403   2fa
POST mentors:prepare       round    in     403    403    403    403    403    403     403     403   302   403   403
POST mentors:set_aside     round    in     403    403    403    403    403    403     403     403   302   403   403
GET  mentors:offers        slug     in     403    403    403    403    403    403     403     403   200   403   2fa
GET  mentors:reserve       slug     in     403    403    403    403    403    403     403     403   200   403   2fa
POST mentors:reserve       slug     in     403    403    403    403    403    403     403     403   302   403   403
POST mentors:call_held     slug     in     403    403    403    403    403    403     403     403   302   403   403
POST mentors:leave_free    slug     in     403    403    403    403    403    403     403     403   302   403   403
GET  mentors:make_offer    slug     in     403    403    403    403    403    403     403     403   200   403   2fa
POST mentors:make_offer    slug     in     403    403    403    403    403    403     403     403   400   403   403
GET  mentors:withdraw      offer    in     403    403    403    403    403    403     403     403   200   403   2fa
POST mentors:withdraw      offer    in     403    403    403    403    403    403     403     403   400   403   403
# Releases; confirming asks first who is there.
GET  mentors:releases      slug     in     403    403    403    403    403    403     403     403   200   403   2fa
POST mentors:releases      slug     in     403    403    403    403    403    403     403     403   400   403   403
GET  mentors:release       release  in     403    403    403    403    403    403     403     403   200   403   2fa
POST mentors:word          release  in     403    403    403    403    403    403     403     403   302   403   403
GET  mentors:confirm       release  in     403    403    403    403    403    403     403     403   302   403   2fa
POST mentors:confirm       release  in     403    403    403    403    403    403     403     403   302   403   403
POST mentors:stop          release  in     403    403    403    403    403    403     403     403   302   403   403
POST mentors:renew         release  in     403    403    403    403    403    403     403     403   302   403   403
GET  mentors:decision      decision in     403    403    403    403    403    403     403     403   200   403   2fa
POST mentors:decision      decision in     403    403    403    403    403    403     403     403   302   403   403
POST mentors:leave_out     decision in     403    403    403    403    403    403     403     403   302   403   403
# Before a release went out there is no answer to read, for anybody.
GET  mentors:own_decision  told     in     404    200    404    404    404    404     404     404   404   404   2fa
"""
