"""Being named to others: one's own application. The list of organisations and what is shared: staff."""

from __future__ import annotations

from typing import Any

from applications.models import Application
from mentors.referrals.models import Consent, Organisation, Referral
from mentors.referrals.services import add_organisation, announce_referral, choose_organisations
from tests import make
from tests.mentors import world as selection
from tests.scenarios import World


def _organisation(world: World) -> Organisation:
    """One organisation on the list."""
    if "organisation" not in world.__dict__:
        world.__dict__["organisation"] = add_organisation(
            cohort=world.cohort,
            name="Lab",
            email="lab@example.org",
            purpose="Research engineers.",
            by=world.person("staff"),
        )
    found: Organisation = world.__dict__["organisation"]
    return found


def _agreed(world: World) -> Application:
    """Ada agreed, and was told that there is no seat."""
    if not world.application.decisions.exists():
        selection.make_told(world.application)
    codes = [_organisation(world).code]
    choose_organisations(application=world.application, codes=codes, by=world.application.person)
    return world.application


def _referral(world: World) -> Referral:
    """Ada is about to be referred by Ben."""
    if "referral" not in world.__dict__:
        world.__dict__["referral"] = announce_referral(
            application=_agreed(world),
            organisation=_organisation(world),
            text="She finds what is wrong.",
            by=make.make_person("Ben"),
        )
    found: Referral = world.__dict__["referral"]
    return found


def _submitted(world: World) -> list[Any]:
    """Ada's cohort, which has one organisation on its list."""
    _organisation(world)
    assert world.application.state == "submitted"
    assert not Consent.objects.exists()
    return [world.cohort.slug]


ARGS = {
    "slug": lambda world: [world.cohort.slug],
    "own": _submitted,
    "person": lambda world: [world.cohort.slug, _agreed(world).code],
    "organisation": lambda world: [world.cohort.slug, _organisation(world).code],
    "referral": lambda world: [world.cohort.slug, _referral(world).code],
}
DATA = {"referrals:referrals": {"name": "Other", "email": "o@example.org", "purpose": "Writers."}}
TABLE = """
#                             anonym nobody applic review mentor grader support scholar alumn staff admin no-2fa
GET  referrals:own       own          in 404    200    404    404    404    404     404     404   404   404   2fa
POST referrals:own       own          in 404    302    404    404    404    404     404     404   404   404   403
POST referrals:stop_own  referral     in 404    302    404    404    404    404     404     404   404   404   403
GET  referrals:referrals slug         in 403    403    403    403    403    403     403     403   200   403   2fa
POST referrals:referrals slug         in 403    403    403    403    403    403     403     403   302   403   403
POST referrals:end       organisation in 403    403    403    403    403    403     403     403   302   403   403
GET  referrals:refer     person       in 403    403    403    403    403    403     403     403   200   403   2fa
POST referrals:refer     person       in 403    403    403    403    403    403     403     403   400   403   403
POST referrals:stop      referral     in 403    403    403    403    403    403     403     403   302   403   403
"""
