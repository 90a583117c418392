"""Addresses of offers and scholars."""

from django.urls import path

from scholars.views import ending, offers, scholars

app_name = "scholars"
urlpatterns = [
    path("offers/<slug:code>/", offers.offer, name="offer"),
    path("offers/<slug:code>/accept/", offers.accept, name="accept"),
    path("offers/<slug:code>/decline/", offers.decline, name="decline"),
    path("cohorts/<slug:slug>/scholars/", scholars.scholars, name="scholars"),
    path("cohorts/<slug:slug>/scholars/finish/", ending.finish, name="finish"),
    path("cohorts/<slug:slug>/scholars/overdue-offers/", ending.overdue, name="overdue"),
    path("cohorts/<slug:slug>/scholars/without-mentor/", scholars.mentorless, name="mentorless"),
    path("cohorts/<slug:slug>/scholars/<slug:code>/", scholars.scholar, name="scholar"),
    path("cohorts/<slug:slug>/scholars/<slug:code>/switch/", scholars.switch, name="switch"),
    path("cohorts/<slug:slug>/scholars/<slug:code>/leave/", scholars.leave, name="leave"),
]
