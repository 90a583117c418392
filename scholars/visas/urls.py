"""Addresses of visas."""

from django.urls import path

from scholars.visas import views

app_name = "visas"
urlpatterns = [
    path("visa/", views.own, name="own"),
    path("cohorts/<slug:slug>/visas/", views.visas, name="visas"),
    path("cohorts/<slug:slug>/visas/<slug:code>/", views.visa, name="visa"),
]
