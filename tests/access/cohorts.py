TABLE = """
#                                      anonym nobody applic review mentor grader support scholar alumn staff admin no-2fa
GET  cohorts:cohorts           -         in     403    403    403    403    403    403     403     403   200   200   2fa
GET  cohorts:new               -         in     403    403    403    403    403    403     403     403   403   200   2fa
POST cohorts:new               -         in     403    403    403    403    403    403     403     403   403   200   403
GET  cohorts:cohort            cohort    200    200    200    200    200    200    200     200     200   200   200   2fa
GET  cohorts:overview          cohort    in     403    403    403    403    403    403     403     403   200   200   2fa
GET  cohorts:settings          cohort    in     403    403    403    403    403    403     403     403   200   200   2fa
POST cohorts:settings          cohort    in     403    403    403    403    403    403     403     403   200   200   403
GET  cohorts:copy              cohort    in     403    403    403    403    403    403     403     403   200   200   2fa
POST cohorts:copy              cohort    in     403    403    403    403    403    403     403     403   200   200   403
GET  cohorts:history           cohort    in     403    403    403    403    403    403     403     403   200   403   2fa
GET  cohorts:explain           cohort    in     403    403    403    403    403    403     403     403   200   403   2fa
POST cohorts:view_as           cohort    in     403    403    403    403    403    403     403     403   200   403   403
GET  cohorts:dates             cohort    in     403    403    403    403    403    403     403     403   200   200   2fa
POST cohorts:dates             cohort    in     403    403    403    403    403    403     403     403   200   200   403
GET  cohorts:extensions        cohort    in     403    403    403    403    403    403     403     403   200   403   2fa
POST cohorts:extensions        cohort    in     403    403    403    403    403    403     403     403   200   403   403
GET  cohorts:streams           cohort    in     403    403    403    403    403    403     403     403   200   200   2fa
GET  cohorts:add_stream        cohort    in     403    403    403    403    403    403     403     403   200   200   2fa
POST cohorts:add_stream        cohort    in     403    403    403    403    403    403     403     403   200   200   403
GET  cohorts:change_stream     stream    in     403    403    403    403    403    403     403     403   200   200   2fa
POST cohorts:change_stream     stream    in     403    403    403    403    403    403     403     403   200   200   403
GET  cohorts:members           cohort    in     403    403    403    403    403    403     403     403   200   200   2fa
GET  cohorts:invite            cohort    in     403    403    403    403    403    403     403     403   200   200   2fa
POST cohorts:invite            cohort    in     403    403    403    403    403    403     403     403   200   200   403
POST cohorts:end_membership    member    in     403    403    403    403    403    403     403     403   302   302   403
# A cohort that is not public is unknown to those who do not belong to it.
GET  cohorts:cohort            hidden    404    404    404    404    404    404    404     404     404   404   200   2fa
GET  cohorts:overview          hidden    in     403    403    403    403    403    403     403     403   404   200   2fa
GET  cohorts:history           hidden    in     403    403    403    403    403    403     403     403   404   403   2fa
# Staff of one cohort run no other.
GET  cohorts:overview          other     in     403    403    403    403    403    403     403     403   403   200   2fa
POST cohorts:dates             other     in     403    403    403    403    403    403     403     403   403   200   403
"""

ARGS = {
    "cohort": lambda world: [world.cohort.slug],
    "stream": lambda world: [world.cohort.slug, world.stream.code],
    "member": lambda world: [world.cohort.slug, world.membership.person.code],
    "hidden": lambda world: [world.hidden_cohort.slug],
    "other": lambda world: [world.other_cohort.slug],
}
# A POST without data is an empty form: those who may send it see what is missing.
DATA = {
    "cohorts:dates": {"act": "look"},
    "cohorts:end_membership": {"role": "reviewer"},
}
