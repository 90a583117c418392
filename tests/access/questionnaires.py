TABLE = """
#                                         anonym nobody applic review mentor grader support scholar alumn staff admin no-2fa
GET  questionnaires:questionnaires cohort in     403    403    403    200    403    403     403     403   200   200   2fa
GET  questionnaires:questions      own    in     403    403    403    200    403    403     403     403   200   200   2fa
GET  questionnaires:add            own    in     403    403    403    200    403    403     403     403   200   200   2fa
POST questionnaires:add            own    in     403    403    403    302    403    403     403     403   302   302   403
GET  questionnaires:question       first  in     403    403    403    200    403    403     403     403   200   200   2fa
POST questionnaires:question       first  in     403    403    403    302    403    403     403     403   302   302   403
POST questionnaires:remove         first  in     403    403    403    302    403    403     403     403   302   302   403
POST questionnaires:duplicate      first  in     403    403    403    302    403    403     403     403   302   302   403
POST questionnaires:order          own    in     403    403    403    302    403    403     403     403   302   302   403
POST questionnaires:take           own    in     403    403    403    302    403    403     403     403   302   302   403
GET  questionnaires:section        place  in     403    403    403    200    403    403     403     403   200   200   2fa
POST questionnaires:section        place  in     403    403    403    302    403    403     403     403   302   302   403
GET  questionnaires:effort         own    in     403    403    403    200    403    403     403     403   200   200   2fa
POST questionnaires:effort         own    in     403    403    403    302    403    403     403     403   302   302   403
GET  questionnaires:preview        own    in     403    403    403    200    403    403     403     403   200   200   2fa
GET  questionnaires:versions       own    in     403    403    403    200    403    403     403     403   200   200   2fa
POST questionnaires:restore        place  in     403    403    403    302    403    403     403     403   302   302   403
# The general questions, and those of another stream, are not the mentor's.
GET  questionnaires:questions      all    in     403    403    403    403    403    403     403     403   200   200   2fa
GET  questionnaires:questions      other  in     403    403    403    403    403    403     403     403   200   200   2fa
POST questionnaires:add            other  in     403    403    403    403    403    403     403     403   302   302   403
"""
_QUESTION = {"after": "1", "wording": "What else?", "kind": "long", "audience": "reviewers"}
DATA = {
    "questionnaires:add": _QUESTION,
    "questionnaires:question": _QUESTION,
    "questionnaires:remove": {"after": "1"},
    "questionnaires:duplicate": {"after": "1"},
    "questionnaires:order": {"after": "1", "order_q1": "1"},
    "questionnaires:take": {"after": "1", "question": "none"},
    "questionnaires:section": {"after": "1", "name": "Elsewhere"},
    "questionnaires:effort": {"minutes": "90"},
    "questionnaires:restore": {"after": "1"},
}
ARGS = {
    "cohort": lambda world: [world.cohort.slug],
    "all": lambda world: [world.cohort.slug, "general"],
    "own": lambda world: [world.cohort.slug, world.asking_stream.code],
    "first": lambda world: [world.cohort.slug, world.asking_stream.code, "q1"],
    "place": lambda world: [world.cohort.slug, world.asking_stream.code, "1"],
    "other": lambda world: [world.cohort.slug, world.other_stream.code],
}
