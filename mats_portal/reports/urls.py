from django.urls import path

from mats_portal.reports import views

app_name = "reports"
urlpatterns = [
    path("cohorts/<slug:slug>/reports/", views.reports, name="reports"),
    path("cohorts/<slug:slug>/reports/compile/", views.compile, name="compile"),
    path("cohorts/<slug:slug>/reports/snapshots/<str:code>.<str:form>", views.export, name="export"),
    path("cohorts/<slug:slug>/reports/<slug:name>/", views.report, name="report"),
]
