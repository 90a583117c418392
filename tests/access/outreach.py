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
"""
DATA = {
    "outreach:interest": {"name": "Ada", "email": "Ada@Example.org"},
    "outreach:add_channel": {"name": "A podcast"},
    "outreach:channel": {"name": "Another name"},
}
ARGS = {
    "cohort": lambda world: [world.cohort.slug],
    "channel": lambda world: [world.cohort.slug, world.channel.code],
}
