from django.urls import path

from mats_portal.people.views import account, admin, demo, invitation

app_name = "people"
urlpatterns = [
    path("settings/", account.settings, name="settings"),
    path("my-data/", account.own_data, name="own_data"),
    path("invitations/<str:token>/", invitation.invitation, name="invitation"),
    path("invitations/<str:token>/accept/", invitation.accept, name="accept"),
    path("demo/", demo.demo, name="demo"),
    path("demo/<str:code>/", demo.sign_in, name="sign_in"),
    path("people/", admin.people, name="people"),
    path("people/invitations/", admin.invitations, name="invitations"),
    path("people/invitations/<str:code>/withdraw/", admin.withdraw_invitation, name="withdraw_invitation"),
    path("people/<str:code>/", admin.person, name="person"),
    path("people/<str:code>/grant/", admin.grant, name="grant"),
    path("people/<str:code>/close/", admin.close, name="close"),
]
