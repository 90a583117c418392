"""Reports: staff of the cohort, and administrators."""

ARGS = {
    "slug": lambda world: [world.cohort.slug],
    "name": lambda world: [world.snapshot.cohort.slug, world.snapshot.content["reports"][0]["name"]],
    "file": lambda world: [world.snapshot.cohort.slug, world.snapshot.code, "csv"],
}
TABLE = """
#                            anonymous nobody applicant reviewer mentor grader support scholar alumnus staff admin no-2fa
GET  reports:reports    slug in        403    403       403      403    403    403     403     403     200   200   2fa
POST reports:compile    slug in        403    403       403      403    403    403     403     403     302   302   403
GET  reports:report     name in        403    403       403      403    403    403     403     403     200   200   2fa
POST reports:report     name in        403    403       403      403    403    403     403     403     200   200   403
GET  reports:export     file in        403    403       403      403    403    403     403     403     200   200   2fa
"""
