"""Addresses of interest and channels."""

from django.urls import include, path

from applications.outreach import views

app_name = "outreach"

inside = [
    path("interest/", views.interest, name="interest"),
    path("interest/thanks/", views.thanks, name="thanks"),
    path("outreach/", views.outreach, name="outreach"),
    path("outreach/channels/", views.channels, name="channels"),
    path("outreach/channels/add/", views.channel, name="add_channel"),
    path("outreach/channels/<str:code>/", views.channel, name="channel"),
    path("outreach/channels/<str:code>/remove/", views.remove, name="remove"),
]
urlpatterns = [path("cohorts/<slug:slug>/", include(inside))]
