"""Addresses below /support/, on the support site only."""

from django.urls import path

from scholars.support.views import glass, home, queue, requests

app_name = "support"
urlpatterns = [
    path("", home.home, name="home"),
    path("openings/", home.openings, name="openings"),
    path("ask/<slug:slug>/", home.ask, name="ask"),
    path("cohorts/<slug:slug>/", queue.queue, name="queue"),
    path("cohorts/<slug:slug>/figures/", queue.figure, name="figures"),
    path("cohorts/<slug:slug>/break-glass/", glass.begin, name="break_glass"),
    path("break-glass/<slug:code>/", glass.glass, name="glass"),
    path("break-glass/<slug:code>/confirm/", glass.confirm, name="confirm_glass"),
    path("requests/<slug:code>/", requests.request, name="request"),
    path("requests/<slug:code>/take/", requests.take, name="take"),
    path("requests/<slug:code>/note/", requests.note, name="note"),
    path("requests/<slug:code>/plan/", requests.plan, name="plan"),
    path("requests/<slug:code>/hand-over/", requests.hand_over, name="hand_over"),
    path("requests/<slug:code>/close/", requests.close, name="close"),
    path("requests/<slug:code>/reopen/", requests.reopen, name="reopen"),
    path("requests/<slug:code>/take-back/", requests.take_back, name="take_back"),
]
