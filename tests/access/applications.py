from typing import Any

from applications.tokens import token_of
from tests.scenarios import World

# Ada is the applicant of `own`; the mentor leads the stream that she chose.
TABLE = """
#                                       anonym nobody applic review mentor grader support scholar alumn staff admin no-2fa
GET  applications:apply         cohort  in     200    200    403    403    403    403     200     200   403   200   2fa
POST applications:apply         cohort  in     302    302    403    403    403    403     302     302   403   302   403
GET  applications:streams       cohort  in     404    200    404    404    404    404     404     404   404   404   2fa
POST applications:streams       cohort  in     404    302    404    404    404    404     404     404   404   404   403
GET  applications:stream_questions stream in   404    200    404    404    404    404     404     404   404   404   2fa
POST applications:stream_questions stream in   404    302    404    404    404    404     404     404   404   404   403
GET  applications:section       section in     404    200    404    404    404    404     404     404   404   404   2fa
POST applications:section       section in     404    302    404    404    404    404     404     404   404   404   403
GET  applications:review        cohort  in     404    200    404    404    404    404     404     404   404   404   2fa
POST applications:review        cohort  in     404    302    404    404    404    404     404     404   404   404   403
GET  applications:withdraw      cohort  in     404    200    404    404    404    404     404     404   404   404   2fa
POST applications:withdraw      cohort  in     404    302    404    404    404    404     404     404   404   404   403
GET  applications:applications  cohort  in     403    403    403    403    403    403     403     403   200   403   2fa
GET  applications:export        cohort  in     403    403    403    403    403    403     403     403   200   403   2fa
GET  applications:late          cohort  in     403    403    403    403    403    403     403     403   200   403   2fa
GET  applications:admit         one     in     403    403    403    403    403    403     403     403   404   403   2fa
POST applications:admit         one     in     403    403    403    403    403    403     403     403   404   403   403
POST applications:bulk          cohort  in     403    403    403    403    403    403     403     403   200   403   403
GET  applications:duplicates    cohort  in     403    403    403    403    403    403     403     403   200   403   2fa
GET  applications:pair          pair    in     403    403    403    403    403    403     403     403   200   403   2fa
POST applications:pair          pair    in     403    403    403    403    403    403     403     403   302   403   403
POST applications:separate      one     in     403    403    403    403    403    403     403     403   302   403   403
GET  applications:pace          cohort  in     403    403    403    403    403    403     403     403   200   403   2fa
GET  applications:columns       cohort  in     403    403    403    403    403    403     403     403   200   403   2fa
GET  applications:views         cohort  in     403    403    403    403    403    403     403     403   200   403   2fa
POST applications:views         cohort  in     403    403    403    403    403    403     403     403   302   403   403
POST applications:forget        view    in     403    403    403    403    403    403     403     403   302   403   403
GET  applications:eligibility   cohort  in     404    404    403    403    403    403     404     404   403   404   2fa
POST applications:eligibility   cohort  in     404    404    403    403    403    403     404     404   403   404   403
POST applications:ask_eligibility cohort in    404    404    403    403    403    403     404     404   403   404   403
GET  applications:eligibility   gated   in     200    200    403    403    403    403     200     200   403   200   2fa
POST applications:eligibility   gated   in     422    422    403    403    403    403     422     422   403   422   403
POST applications:ask_eligibility gated in     404    404    403    403    403    403     404     404   403   404   403
GET  applications:eligibility_checks cohort in 403    403    403    403    403    403     403     403   200   403   2fa
GET  applications:eligibility_check stopped in 403    403    403    403    403    403     403     403   200   403   2fa
POST applications:eligibility_check stopped in 403    403    403    403    403    403     403     403   302   403   403
GET  applications:concerns      cohort  in     403    403    403    403    403    403     403     403   200   403   2fa
GET  applications:concern       doubt   in     403    403    403    403    403    403     403     403   200   403   2fa
POST applications:concern       doubt   in     403    403    403    403    403    403     403     403   302   403   403
GET  applications:doubt         one     in     403    403    404    200    403    403     403     403   200   403   2fa
POST applications:doubt         one     in     403    403    404    302    403    403     403     403   302   403   403
GET  applications:application   one     in     403    403    404    200    403    403     403     403   200   403   2fa
GET  applications:application_cv cv    in     403    403    404    200    403    403     403     403   200   403   2fa
GET  applications:cv            cohort  in     404    200    404    404    404    404     404     404   404   404   2fa
POST applications:cv            cohort  in     404    422    404    404    404    404     404     404   404   404   403
GET  applications:own_cv        own_cv  in     404    200    404    404    404    404     404     404   404   404   2fa
POST applications:remove_cv     cohort  in     404    302    404    404    404    404     404     404   404   404   403
GET  applications:own_file      own_file in    404    200    404    404    404    404     404     404   404   404   2fa
GET  applications:application_file answer in   403    403    404    200    403    403     403     403   200   403   2fa
GET  applications:references    cohort  in     404    200    404    404    404    404     404     404   404   404   2fa
POST applications:references    cohort  in     404    302    404    404    404    404     404     404   404   404   403
POST applications:again         asked   in     404    302    404    404    404    404     404     404   404   404   403
POST applications:take_back     asked   in     404    302    404    404    404    404     404     404   404   404   403
# Whoever comes by the link is asked for no account; without it nobody gets in. See REFEREE below.
GET  applications:reference_link link   302    302    302    302    302    302    302     302     302   302   302   2fa
GET  applications:reference     letter  404    404    404    404    404    404    404     404     404   404   404   2fa
POST applications:reference     letter  404    404    404    404    404    404    404     404     404   404   404   403
GET  applications:decline       letter  404    404    404    404    404    404    404     404     404   404   404   2fa
POST applications:decline       letter  404    404    404    404    404    404    404     404     404   404   404   403
GET  applications:waiting       cohort  in     403    403    403    403    403    403     403     403   200   403   2fa
POST applications:waiting       cohort  in     403    403    403    403    403    403     403     403   302   403   403
POST applications:resend        asked   in     403    403    403    403    403    403     403     403   302   403   403
GET  applications:replace       asked   in     403    403    403    403    403    403     403     403   200   403   2fa
POST applications:replace       asked   in     403    403    403    403    403    403     403     403   302   403   403
GET  applications:upload        cohort  in     403    403    403    403    403    403     403     403   200   403   2fa
POST applications:upload        cohort  in     403    403    403    403    403    403     403     403   422   403   403
GET  applications:preview       file    in     403    403    403    403    403    403     403     403   200   403   2fa
POST applications:preview       file    in     403    403    403    403    403    403     403     403   302   403   403
"""
# What somebody without an account who has opened the link of `letter` is answered; elsewhere as anonymous.
REFEREE = {
    ("GET", "applications:reference"): "200",
    ("POST", "applications:reference"): "302",
    ("GET", "applications:decline"): "200",
    ("POST", "applications:decline"): "302",
}
DATA: dict[str, dict[str, Any]] = {
    "applications:pair": {"keep": "both"},
    "applications:bulk": {"act": "label", "all": "1"},
    "applications:views": {"name": "Physicists"},
    "applications:concern": {"answer": "confirm", "reason": "The same text, word for word."},
    "applications:eligibility_check": {"reason": "18 on the third day"},
    "applications:doubt": {"reason": "The second answer is a page of another site."},
    "applications:stream_questions": {"revision": "99", "q_q1": "My mind"},
    "applications:section": {"revision": "99"},
    "applications:references": {"name": "Prof", "email": "prof@example.org", "kind": "unknown"},
    "applications:reference": {"relationship": "Her supervisor", "text": "She is careful."},
    "applications:replace": {"name": "Prof", "email": "prof@example.org", "kind": "unknown"},
    "applications:preview": {"import": "1"},
}
ARGS = {
    "cohort": lambda world: [world.application.cohort.slug],
    "stream": lambda world: [world.application.cohort.slug, world.stream.code],
    "section": lambda world: [world.application.cohort.slug, "about-you"],
    "cv": lambda world: [world.document.application.cohort.slug, world.application.code],
    "own_file": lambda world: [world.cohort.slug, world.answer_file.code],
    "answer": lambda world: [world.cohort.slug, world.application.code, world.answer_file.code],
    "own_cv": lambda world: [world.document.application.cohort.slug],
    "asked": lambda world: [world.cohort.slug, world.reference.code],
    "letter": lambda world: [world.reference.code],
    "link": lambda world: [token_of(world.reference.code)],
    "one": lambda world: [world.application.cohort.slug, world.application.code],
    "pair": lambda world: [world.cohort.slug, world.application.code, world.double.code],
    "view": lambda world: [world.cohort.slug, world.saved_view.code],
    "gated": lambda world: [world.gated_cohort.slug],
    "stopped": lambda world: [world.cohort.slug, world.stopped.code],
    "doubt": lambda world: [world.application.cohort.slug, world.concern.code],
    "file": lambda world: [world.cohort.slug, world.import_file.code],
}

__all__ = ["ARGS", "DATA", "REFEREE", "TABLE", "World"]
