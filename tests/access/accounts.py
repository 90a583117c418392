"""The pages of signing in. Their package decides who may come in; this is what it decides."""

TABLE = """
#                                         anonym nobody applic review mentor grader support scholar alumn staff admin no-2fa
GET  account_login                    -   200    302    302    302    302    302    302     302     302   302   302   302
GET  account_signup                   -   200    302    302    302    302    302    302     302     302   302   302   302
GET  account_request_login_code       -   200    302    302    302    302    302    302     302     302   302   302   302
GET  account_reset_password           -   200    200    200    200    200    200    200     200   200   200   200   200
GET  account_logout                   -   302    200    200    200    200    200    200     200     200   200   200   200
GET  account_email                    -   in     200    200    200    200    200    200     200     200   200   200   200
GET  account_change_password          -   in     302    302    302    302    302    302     302     302   302   302   302
GET  account_set_password             -   in     200    200    200    200    200    200     200     200   200   200   200
GET  mfa_index                        -   in     200    200    200    200    200    200     200     200   200   200   200
GET  mfa_activate_totp                -   in     200    200    200    200    200    302    200     200   302   302   200
GET  mfa_list_webauthn                -   in     200    200    200    200    200    200     200     200   200   200   200
GET  mfa_add_webauthn                 -   in     200    200    200    200    200    302    200     200   302   302   200
GET  mfa_view_recovery_codes          -   in     404    404    404    404    404    404     404     404   404   404   404
"""
