from mats_portal.keeping.models import ErasureRequest
from tests.scenarios import World

TABLE = """
#                             anonym nobody applic review mentor grader support scholar alumn staff admin no-2fa
GET  keeping:kept       -       in     200    200    200    200    200    200     200     200   200   200   2fa
GET  keeping:erase      -       in     200    200    200    200    200    200     200     200   200   200   2fa
POST keeping:erase      -       in     200    200    200    200    200    200     200     200   200   200   403
POST keeping:take_back  request in     302    404    404    404    404    404     404     404   404   404   403
GET  keeping:sensitive  cohort  in     403    403    403    403    403    403     403     403   200   403   2fa
POST keeping:sensitive  cohort  in     403    403    403    403    403    403     403     403   409   403   403
GET  keeping:erasures   -       in     403    403    403    403    403    403     403     403   403   200   2fa
GET  keeping:erasure    request in     403    403    403    403    403    403     403     403   403   200   2fa
POST keeping:erasure    request in     403    403    403    403    403    403     403     403   403   200   403
"""


def _request(world: World) -> list[str]:
    found, _ = ErasureRequest.objects.get_or_create(person=world.person("nobody"))
    return [found.code]


ARGS = {"cohort": lambda world: [world.cohort.slug], "request": _request}
# A refusal without a reason: the form is shown again.
DATA = {"keeping:erasure": {"act": "refuse"}}
