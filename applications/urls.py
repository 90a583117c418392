"""Addresses of applications."""

from django.urls import include, path

from applications.views import (
    applying,
    arriving,
    bulk,
    chasing,
    concerns,
    documents,
    duplicates,
    eligibility,
    importing,
    late,
    referees,
    references,
    staff,
    streams,
    submitting,
    table,
)

app_name = "applications"

applicant = [
    path("", applying.apply, name="apply"),
    path("eligibility/", eligibility.eligibility, name="eligibility"),
    path("eligibility/ask/", eligibility.ask, name="ask_eligibility"),
    path("streams/", streams.streams, name="streams"),
    path("streams/<str:code>/", applying.stream_questions, name="stream_questions"),
    path("cv/", documents.cv, name="cv"),
    path("cv/file/", documents.own_cv, name="own_cv"),
    path("cv/remove/", documents.remove_cv, name="remove_cv"),
    path("files/<str:code>/", documents.own_file, name="own_file"),
    path("references/", references.references, name="references"),
    path("references/<str:code>/again/", references.again, name="again"),
    path("references/<str:code>/take-back/", references.take_back, name="take_back"),
    path("review/", submitting.review, name="review"),
    path("withdraw/", submitting.withdraw, name="withdraw"),
    path("<slug:section>/", applying.section, name="section"),
]
programme = [
    path("applications/", table.applications, name="applications"),
    path("applications/export/", table.export, name="export"),
    path("applications/bulk/", bulk.bulk, name="bulk"),
    path("applications/pace/", arriving.pace, name="pace"),
    path("applications/columns/", table.columns, name="columns"),
    path("applications/views/", table.views, name="views"),
    path("applications/views/<str:code>/forget/", table.forget, name="forget"),
    path("applications/concerns/", concerns.concerns, name="concerns"),
    path("applications/concerns/<str:code>/", concerns.concern, name="concern"),
    path("applications/eligibility/", eligibility.checks, name="eligibility_checks"),
    path("applications/eligibility/<str:code>/", eligibility.check, name="eligibility_check"),
    path("applications/duplicates/", duplicates.duplicates, name="duplicates"),
    path("applications/duplicates/<str:first>/<str:second>/", duplicates.pair, name="pair"),
    path("applications/<str:code>/separate/", duplicates.separate, name="separate"),
    path("applications/late/", late.late, name="late"),
    path("applications/<str:code>/", staff.application, name="application"),
    path("applications/<str:code>/doubt/", concerns.doubt, name="doubt"),
    path("applications/<str:code>/admit/", late.admit, name="admit"),
    path("applications/<str:code>/cv/", documents.application_cv, name="application_cv"),
    path("applications/<str:code>/files/<str:file>/", documents.application_file, name="application_file"),
    path("references/", chasing.waiting, name="waiting"),
    path("references/<str:code>/resend/", chasing.resend, name="resend"),
    path("references/<str:code>/replace/", chasing.replace, name="replace"),
    path("import/", importing.upload, name="upload"),
    path("import/<str:code>/", importing.preview, name="preview"),
]
referee = [
    path("references/<str:token>/", referees.open_link, name="reference_link"),
    path("reference/<str:code>/", referees.reference, name="reference"),
    path("reference/<str:code>/decline/", referees.decline, name="decline"),
]
urlpatterns = [
    path("cohorts/<slug:slug>/apply/", include(applicant)),
    path("cohorts/<slug:slug>/", include(programme)),
    *referee,
]
