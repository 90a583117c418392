"""Addresses of offering to mentor, of the candidacies, and of the portfolio of agendas."""

from django.urls import include, path

from mentors.candidacy.views import deciding, offering, portfolio, rating

app_name = "candidacy"

candidacies = [
    path("", deciding.candidacies, name="candidacies"),
    path("ask/", deciding.ask, name="ask"),
    path("invite/", deciding.invite, name="invite"),
    path("decisions/", deciding.decisions, name="decisions"),
    path("rate/", rating.rate, name="rate"),
    path("<slug:code>/", rating.candidacy, name="candidacy"),
    path("<slug:code>/decision/", deciding.decision, name="decision"),
    path("<slug:code>/tie/", rating.tie, name="tie"),
]
urlpatterns = [
    path("cohorts/<slug:slug>/mentor/", offering.offer, name="offer"),
    path("cohorts/<slug:slug>/mentor/withdraw/", offering.withdraw, name="withdraw"),
    path("cohorts/<slug:slug>/candidacies/", include(candidacies)),
    path("cohorts/<slug:slug>/portfolio/", portfolio.portfolio, name="portfolio"),
]
