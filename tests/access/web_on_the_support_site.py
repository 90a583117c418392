URLCONF = "mats_portal.support_urls"
TABLE = """
#                             anonym nobody applic review mentor grader support scholar alumn staff admin no-2fa
GET  home                -    302       302    302       302      302    302    302     302     302     302   302   2fa
GET  health:live         -    200       200    200       200      200    200    200     200     200     200   200   200
GET  health:ready        -    200       200    200       200      200    200    200     200     200     200   200   200
POST theme               -    302       302    302       302      302    302    302     302     302     302   302   403
"""
