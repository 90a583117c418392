TABLE = """
#                             args      anonym nobody applic review mentor grader support scholar alumn staff admin no-2fa
# Offers are for the person they were made to.
GET  scholars:offer           offer     in     404    200    404    404    404    404     404     404   404   404   2fa
POST scholars:accept          offer     in     404    302    404    404    404    404     404     404   404   404   403
POST scholars:decline         offer     in     404    302    404    404    404    404     404     404   404   404   403
# Staff see the cohort's scholars, mentors their streams'.
GET  scholars:scholars        slug      in     404    404    404    200    404    404     404     404   200   404   2fa
GET  scholars:scholar         scholar   in     404    404    404    200    404    404     200     404   200   404   2fa
POST scholars:switch          scholar   in     404    404    404    403    404    404     403     404   422   404   403
POST scholars:leave           scholar   in     404    404    404    403    404    404     403     404   302   404   403
POST scholars:mentorless      slug      in     404    404    404    403    404    404     404     404   302   404   403
GET  scholars:finish          slug      in     404    404    404    404    404    404     404     404   200   404   2fa
POST scholars:finish          slug      in     404    404    404    404    404    404     404     404   200   404   403
GET  scholars:overdue         slug      in     404    404    404    404    404    404     404     404   200   404   2fa
POST scholars:overdue         slug      in     404    404    404    404    404    404     404     404   302   404   403
"""
ARGS = {
    "slug": lambda world: [world.cohort.slug],
    "offer": lambda world: [world.offer.code],
    "scholar": lambda world: [world.cohort.slug, world.scholarship.code],
}
DATA = {"scholars:leave": {"reason": "A job."}}
