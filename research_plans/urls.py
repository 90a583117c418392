"""Addresses of research plans."""

from django.urls import path

from research_plans.views import reading, writing

app_name = "research_plans"
urlpatterns = [
    path("cohorts/<slug:slug>/plan/", writing.draft, name="draft"),
    path("cohorts/<slug:slug>/plan/submit/", writing.submit, name="submit"),
    path("cohorts/<slug:slug>/plans/", reading.plans, name="plans"),
    path("plans/<slug:code>/", reading.plan, name="plan"),
    path("plans/<slug:code>/comment/", reading.comment, name="comment"),
    path("plans/<slug:code>/changes/", reading.changes, name="changes"),
]
