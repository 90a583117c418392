from mats_portal.people.invitations import invite
from tests.scenarios import World

TABLE = """
#                                   anonym nobody applic review mentor grader support scholar alumn staff admin no-2fa
GET  people:settings         -      in     200    200    200    200    200    200     200     200   200   200   2fa
POST people:settings         -      in     200    200    200    200    200    200     200     200   200   200   403
GET  people:own_data         -      in     200    200    200    200    200    200     200     200   200   200   2fa
GET  people:invitation       token  200    200    200    200    200    200    200     200     200   200   200   2fa
POST people:accept           token  in     302    302    302    302    302    302     302     302   302   302   403
GET  people:people           -      in     403    403    403    403    403    403     403     403   403   200   2fa
GET  people:person           person in     403    403    403    403    403    403     403     403   403   200   2fa
POST people:grant            person in     403    403    403    403    403    403     403     403   403   302   403
POST people:close            person in     403    403    403    403    403    403     403     403   403   302   403
GET  people:invitations      -      in     403    403    403    403    403    403     403     403   403   200   2fa
POST people:withdraw_invitation invitation in 403 403    403    403    403    403     403     403   403   302   403
# The demo's door is not there unless DEMO_LOGINS is on.
GET  people:demo             -      404    404    404    404    404    404    404     404     404   404   404   2fa
POST people:sign_in          person 404    404    404    404    404    404    404     404     404   404   404   403
"""


def _token(world: World) -> list[str]:
    return [_invitation(world)[1]]


def _invitation(world: World) -> tuple[str, str]:
    invitation, token = invite(
        email="ben@example.org",
        purpose="membership",
        target=world.cohort.slug,
        detail="reviewer",
        by=world.person("staff"),
    )
    return invitation.code, token


ARGS = {
    "person": lambda world: [world.person("nobody").code],
    "token": _token,
    "invitation": lambda world: [_invitation(world)[0]],
}
