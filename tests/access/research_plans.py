TABLE = """
#                              args  anonym nobody applic review mentor grader support scholar alumn staff admin no-2fa
# The draft is the scholar's alone.
GET  research_plans:draft      own   in     404    404    404    404    404    404     200     404   404   404   2fa
POST research_plans:draft      own   in     404    404    404    404    404    404     302     404   404   404   403
GET  research_plans:submit     own   in     404    404    404    404    404    404     200     404   404   404   2fa
POST research_plans:submit     own   in     404    404    404    404    404    404     302     404   404   404   403
# What was submitted is read by its mentors, graders and staff. Scholar support reads it when the scholar shows it.
GET  research_plans:plans      own   in     404    404    404    200    200    404     404     404   200   404   2fa
GET  research_plans:plan       plan  in     404    404    404    200    200    404     200     404   200   404   2fa
GET  research_plans:changes    plan  in     404    404    404    200    200    404     200     404   200   404   2fa
POST research_plans:comment    plan  in     404    404    404    302    403    404     302     404   302   404   403
"""
ARGS = {
    "own": lambda world: [world.plan and world.cohort.slug],
    "plan": lambda world: [world.plan.code],
}
DATA = {
    "research_plans:draft": {
        "revision": "2",
        "threat_model": "Another path.",
        "outputs-TOTAL_FORMS": "0",
        "outputs-INITIAL_FORMS": "0",
    },
    "research_plans:submit": {"revision": "2"},
    "research_plans:comment": {"text": "Say more."},
}
