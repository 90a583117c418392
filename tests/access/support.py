URLCONF = "mats_portal.support_urls"
TABLE = """
#                         args    anonym nobody applic review mentor grader support scholar alumn staff admin no-2fa
GET  support:home         -       in     404    404    404    404    404    302     200     404   404   404   2fa
GET  support:openings     -       in     404    404    404    404    404    404     200     404   404   404   2fa
GET  support:ask          slug    in     404    404    404    404    404    404     200     404   404   404   2fa
POST support:ask          slug    in     404    404    404    404    404    404     302     404   404   404   403
GET  support:queue        slug    in     404    404    404    404    404    200     404     404   404   404   2fa
GET  support:figures      slug    in     404    404    404    404    404    200     404     404   404   404   2fa
GET  support:break_glass  slug    in     404    404    404    404    404    200     404     404   404   404   2fa
POST support:break_glass  slug    in     404    404    404    404    404    200     404     404   404   404   403
GET  support:request      request in     404    404    404    404    404    200     200     404   404   404   2fa
POST support:take         request in     404    404    404    404    404    302     403     404   404   404   403
POST support:note         request in     404    404    404    404    404    403     403     404   404   404   403
POST support:plan         request in     404    404    404    404    404    403     403     404   404   404   403
POST support:hand_over    request in     404    404    404    404    404    403     403     404   404   404   403
POST support:close        request in     404    404    404    404    404    403     403     404   404   404   403
POST support:reopen       request in     404    404    404    404    404    403     403     404   404   404   403
POST support:take_back    request in     404    404    404    404    404    403     302     404   404   404   403
# The second named person of an emergency opening, here a member of staff, learns of it and nothing else.
GET  support:glass        glass   in     404    404    404    404    404    200     404     404   200   404   2fa
POST support:confirm_glass glass  in     404    404    404    404    404    403     404     404   302   404   403
"""
ARGS = {
    "slug": lambda world: [world.cohort.slug],
    "request": lambda world: [world.support_request.code],
    "glass": lambda world: [world.glass.code],
}
DATA = {"support:ask": {"kind": "planning", "text": "What now?"}}
