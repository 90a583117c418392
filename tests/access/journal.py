from mats_portal.journal.models import Deed
from mats_portal.journal.services import keep_deed
from tests.scenarios import World


def deed(world: World) -> Deed:
    """What staff have just done."""
    if "deed" not in world.__dict__:
        rui = world.person("staff")
        world.__dict__["deed"] = keep_deed(kind="label applications", sentence="Done.", by=rui, facts={"label": "none"})
    made: Deed = world.__dict__["deed"]
    return made


TABLE = """
#                                       anonym nobody applic review mentor grader support scholar alumn staff admin no-2fa
GET  journal:deeds              -       in     200    200    200    200    200    200     200     200   200   200   2fa
GET  journal:deed               deed    in     404    404    404    404    404    404     404     404   200   404   2fa
POST journal:deed               deed    in     404    404    404    404    404    404     404     404   302   404   403
"""
ARGS = {"deed": lambda world: [deed(world).code]}
