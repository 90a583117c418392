"""Addresses of the applicant's choice and of the referrals of staff."""

from django.urls import path

from mentors.referrals.views import own, staff

app_name = "referrals"
urlpatterns = [
    path("cohorts/<slug:slug>/referral/", own.own, name="own"),
    path("cohorts/<slug:slug>/referral/<slug:code>/stop/", own.stop_own, name="stop_own"),
    path("cohorts/<slug:slug>/referrals/", staff.referrals, name="referrals"),
    path("cohorts/<slug:slug>/referrals/organisations/<slug:code>/end/", staff.end, name="end"),
    path("cohorts/<slug:slug>/referrals/write/<slug:application>/", staff.refer, name="refer"),
    path("cohorts/<slug:slug>/referrals/<slug:code>/stop/", staff.stop, name="stop"),
]
