TABLE = """
#                             anonymous nobody applicant reviewer mentor grader support scholar alumnus staff admin no-2fa
GET  home                -    200       200    200       200      200    200    200     200     200     200   200   2fa
GET  health:live         -    200       200    200       200      200    200    200     200     200     200   200   200
GET  health:ready        -    200       200    200       200      200    200    200     200     200     200   200   200
"""
