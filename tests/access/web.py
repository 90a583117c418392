TABLE = """
#                             anonym nobody applic review mentor grader support scholar alumn staff admin no-2fa
GET  home                -    200       200    200       200      200    200    200     200     200     200   200   2fa
GET  health:live         -    200       200    200       200      200    200    200     200     200     200   200   200
GET  health:ready        -    200       200    200       200      200    200    200     200     200     200   200   200
GET  jump                -    in        200    200       200      200    200    200     200     200     200   200   2fa
GET  styleguide          -    200       200    200       200      200    200    200     200     200     200   200   2fa
GET  styleguide_part     part 200       200    200       200      200    200    200     200     200     200   200   2fa
POST theme               -    302       302    302       302      302    302    302     302     302     302   302   403
"""

ARGS = {"part": lambda world: ["words"]}
