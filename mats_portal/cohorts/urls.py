from django.urls import path

from mats_portal.cohorts.views import calendar, carrying, explaining, members, opening, public, streams

app_name = "cohorts"
urlpatterns = [
    path("cohorts/", opening.cohorts, name="cohorts"),
    path("cohorts/new/", opening.new, name="new"),
    path("cohorts/<slug:slug>/", public.cohort, name="cohort"),
    path("cohorts/<slug:slug>/overview/", opening.overview, name="overview"),
    path("cohorts/<slug:slug>/copy/", carrying.copy, name="copy"),
    path("cohorts/<slug:slug>/settings/", opening.settings, name="settings"),
    path("cohorts/<slug:slug>/history/", opening.history, name="history"),
    path("cohorts/<slug:slug>/dates/", calendar.dates, name="dates"),
    path("cohorts/<slug:slug>/extensions/", calendar.extensions, name="extensions"),
    path("cohorts/<slug:slug>/who-sees/", explaining.explain, name="explain"),
    path("cohorts/<slug:slug>/who-sees/as/", explaining.view_as, name="view_as"),
    path("cohorts/<slug:slug>/streams/", streams.streams, name="streams"),
    path("cohorts/<slug:slug>/streams/add/", streams.add, name="add_stream"),
    path("cohorts/<slug:slug>/streams/<str:code>/", streams.change, name="change_stream"),
    path("cohorts/<slug:slug>/people/", members.members, name="members"),
    path("cohorts/<slug:slug>/people/invite/", members.invite, name="invite"),
    path("cohorts/<slug:slug>/people/<str:code>/end/", members.end, name="end_membership"),
]
