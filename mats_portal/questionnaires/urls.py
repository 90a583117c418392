"""Addresses of the questions' editor."""

from django.urls import include, path

from mats_portal.questionnaires import views

app_name = "questionnaires"

inside = [
    path("", views.questionnaires, name="questionnaires"),
    path("<str:which>/", views.questions, name="questions"),
    path("<str:which>/add/", views.question, name="add"),
    path("<str:which>/<slug:key>/", views.question, name="question"),
    path("<str:which>/<slug:key>/move/", views.move, name="move"),
    path("<str:which>/<slug:key>/remove/", views.remove, name="remove"),
]
urlpatterns = [path("cohorts/<slug:slug>/questions/", include(inside))]
