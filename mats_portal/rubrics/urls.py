"""Addresses of the rubric's editor."""

from django.urls import include, path

from mats_portal.rubrics import views

app_name = "rubrics"

inside = [
    path("", views.rubric, name="rubric"),
    path("preview/", views.preview, name="preview"),
    path("add/", views.criterion, name="add"),
    path("copy/", views.copy, name="copy"),
    path("versions/<int:number>/", views.version, name="version"),
    path("versions/<int:number>/restore/", views.restore, name="restore"),
    path("criteria/<slug:key>/", views.criterion, name="criterion"),
    path("criteria/<slug:key>/move/", views.move, name="move"),
    path("criteria/<slug:key>/remove/", views.remove, name="remove"),
]
urlpatterns = [path("cohorts/<slug:slug>/rubric/", include(inside))]
