TABLE = """
#                                 anonym nobody applic review mentor grader support scholar alumn staff admin no-2fa
GET  outreach:interest    cohort  200    200    200    200    200    200    200     200     200   200   200   2fa
POST outreach:interest    cohort  302    302    302    302    302    302    302     302     302   302   302   403
GET  outreach:thanks      cohort  200    200    200    200    200    200    200     200     200   200   200   2fa
GET  outreach:outreach    cohort  in     403    403    403    403    403    403     403     403   200   403   2fa
GET  outreach:channels    cohort  in     403    403    403    403    403    403     403     403   200   403   2fa
POST outreach:channels    cohort  in     403    403    403    403    403    403     403     403   302   403   403
GET  outreach:add_channel cohort  in     403    403    403    403    403    403     403     403   200   403   2fa
POST outreach:add_channel cohort  in     403    403    403    403    403    403     403     403   302   403   403
GET  outreach:channel     channel in     403    403    403    403    403    403     403     403   200   403   2fa
POST outreach:channel     channel in     403    403    403    403    403    403     403     403   302   403   403
POST outreach:remove      channel in     403    403    403    403    403    403     403     403   302   403   403
GET  outreach:recommend   cohort  200    200    200    200    200    200    200     200     200   200   200   2fa
POST outreach:recommend   cohort  302    302    302    302    302    302    302     302     302   302   302   403
GET  outreach:recommended cohort  200    200    200    200    200    200    200     200     200   200   200   2fa
GET  outreach:go          link    302    302    302    302    302    302    302     302     302   302   302   2fa
GET  outreach:recommendations cohort in  403    403    403    403    403    403     403     403   200   403   2fa
POST outreach:contact     named   in     403    403    403    403    403    403     403     403   302   403   403
GET  outreach:actions     cohort  in     403    403    403    403    403    403     403     403   200   403   2fa
POST outreach:actions     log     in     403    403    403    403    403    403     403     403   302   403   403
POST outreach:remove_action action in    403    403    403    403    403    403     403     403   302   403   403
GET  outreach:links       cohort  in     403    403    403    403    403    403     403     403   200   403   2fa
POST outreach:links       log     in     403    403    403    403    403    403     403     403   302   403   403
"""
DATA = {
    "outreach:interest": {"name": "Ada", "email": "Ada@Example.org"},
    "outreach:recommend": {
        "name": "Bea",
        "email": "bea@example.org",
        "by_name": "Alma",
        "by_email": "alma@example.org",
    },
    "outreach:actions": {"on": "2026-05-03", "channel": "radio", "audience": "Students"},
    "outreach:links": {"channel": "radio", "target": "apply", "label": "Pinned post"},
    "outreach:add_channel": {"name": "A podcast"},
    "outreach:channel": {"name": "Another name"},
}
ARGS = {
    "cohort": lambda world: [world.cohort.slug],
    "channel": lambda world: [world.cohort.slug, world.channel.code],
    "log": lambda world: [world.outreach_link.cohort.slug],
    "link": lambda world: [world.outreach_link.code],
    "named": lambda world: [world.cohort.slug, world.recommendation.code],
    "action": lambda world: [world.cohort.slug, world.outreach_action.code],
}
