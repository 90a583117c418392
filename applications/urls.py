"""Addresses of applications."""

from django.urls import include, path

from applications.views import applying, importing, staff, streams, submitting

app_name = "applications"

applicant = [
    path("", applying.apply, name="apply"),
    path("streams/", streams.streams, name="streams"),
    path("streams/<str:code>/", applying.stream_questions, name="stream_questions"),
    path("review/", submitting.review, name="review"),
    path("withdraw/", submitting.withdraw, name="withdraw"),
    path("<slug:section>/", applying.section, name="section"),
]
programme = [
    path("applications/", staff.applications, name="applications"),
    path("applications/export/", staff.export, name="export"),
    path("applications/<str:code>/", staff.application, name="application"),
    path("import/", importing.upload, name="upload"),
    path("import/<str:code>/", importing.preview, name="preview"),
]
urlpatterns = [path("cohorts/<slug:slug>/apply/", include(applicant)), path("cohorts/<slug:slug>/", include(programme))]
