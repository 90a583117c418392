"""A job is seen by who asked for it: here, nobody."""

from tests.scenarios import World


def _job(world: World) -> list[str]:
    return [world.job.code]


ARGS = {"job": _job}
TABLE = """
#                                anonymous nobody applicant reviewer mentor grader support scholar alumnus staff admin no-2fa
GET  jobs:job             job    in        404    404       404      404    404    404     404     404     404   404   2fa
"""
