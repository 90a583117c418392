TABLE = """
#                     args   anonym nobody applic review mentor grader support scholar alumn staff admin no-2fa
GET  alumni:outcome    self  in     404    404    404    404    404    404     404     200   404   404   2fa
POST alumni:outcome    self  in     404    404    404    404    404    404     404     302   404   404   403
POST alumni:still_true self  in     404    404    404    404    404    404     404     302   404   404   403
GET  alumni:alumni     slug  in     404    404    404    404    404    404     404     404   200   404   2fa
GET  alumni:record     alumna in    404    404    404    404    404    404     404     404   200   404   2fa
POST alumni:record     alumna in    404    404    404    404    404    404     404     404   302   404   403
"""
ARGS = {
    "self": lambda world: [] * world.alumna.pk,
    "slug": lambda world: [world.cohort.slug],
    "alumna": lambda world: [world.cohort.slug, world.alumna.code],
}
DATA = {
    "alumni:outcome": {"category": "studying"},
    "alumni:record": {"category": "unknown", "method": "staff", "as_of": "2024-05-01"},
}
