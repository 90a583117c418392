"""Addresses of outcomes."""

from django.urls import path

from scholars.alumni.views import own, staff

app_name = "alumni"
urlpatterns = [
    path("outcome/", own.outcome, name="outcome"),
    path("outcome/still-true/", own.still_true, name="still_true"),
    path("cohorts/<slug:slug>/alumni/", staff.alumni, name="alumni"),
    path("cohorts/<slug:slug>/alumni/<slug:code>/", staff.record, name="record"),
]
