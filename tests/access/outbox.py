"""Letters and the portal's health: staff of the cohort, and administrators."""

from tests.scenarios import World


def _letter(world: World) -> list[str]:
    return [world.letter.code]


ARGS = {"slug": lambda world: [world.cohort.slug], "letter": _letter}
TABLE = """
#                                anonymous nobody applicant reviewer mentor grader support scholar alumnus staff admin no-2fa
GET  outbox:letters       slug   in        403    403       403      403    403    403     403     403     200   403   2fa
GET  outbox:tomorrow      slug   in        403    403       403      403    403    403     403     403     200   403   2fa
POST outbox:held          slug   in        403    403       403      403    403    403     403     403     302   403   403
GET  outbox:letter        letter in        403    403       403      403    403    403     403     403     200   200   2fa
POST outbox:settle        letter in        403    403       403      403    403    403     403     403     302   403   403
GET  outbox:post_office   -      in        403    403       403      403    403    403     403     403     403   200   2fa
GET  outbox:system        -      in        403    403       403      403    403    403     403     403     200   200   2fa
"""
