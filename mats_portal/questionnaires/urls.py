"""Addresses of the questions' builder."""

from django.urls import URLPattern, URLResolver, include, path

from mats_portal.questionnaires.views import changing, listing

app_name = "questionnaires"

one = [
    path("", listing.questions, name="questions"),
    path("preview/", listing.preview, name="preview"),
    path("versions/", listing.versions, name="versions"),
    path("versions/<int:number>/restore/", changing.restore, name="restore"),
    path("add/", changing.question, name="add"),
    path("take/", changing.take, name="take"),
    path("order/", changing.order, name="order"),
    path("effort/", changing.effort, name="effort"),
    path("sections/<int:place>/", changing.section, name="section"),
    path("<slug:key>/", changing.question, name="question"),
    path("<slug:key>/duplicate/", changing.duplicate, name="duplicate"),
    path("<slug:key>/remove/", changing.remove, name="remove"),
]
inside: list[URLPattern | URLResolver] = [
    path("", listing.questionnaires, name="questionnaires"),
    path("<str:which>/", include(one)),
]
urlpatterns = [path("cohorts/<slug:slug>/questions/", include(inside))]
