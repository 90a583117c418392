"""The portal's addresses. Apps are named by string: the ground knows none of them."""

from django.urls import include, path

from mats_portal.web import errors, jump, styleguide, theme, views

urlpatterns = [
    path("", views.home, name="home"),
    path("health/", include("mats_portal.web.urls")),
    path("jump/", jump.jump, name="jump"),
    path("theme/", theme.theme, name="theme"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("styleguide/<slug:part>/", styleguide.styleguide, name="styleguide_part"),
    path("accounts/", include("allauth.urls")),
    path("", include("mats_portal.people.urls")),
    path("", include("mats_portal.journal.urls")),
    path("", include("mats_portal.cohorts.urls")),
    path("", include("mats_portal.jobs.urls")),
    path("", include("mats_portal.keeping.urls")),
    path("", include("mats_portal.outbox.urls")),
    path("", include("mats_portal.questionnaires.urls")),
    path("", include("mats_portal.rubrics.urls")),
    path("", include("mats_portal.reports.urls")),
    path("", include("applications.urls")),
    path("", include("applications.outreach.urls")),
    path("", include("mentors.urls")),
    path("", include("mentors.candidacy.urls")),
    path("", include("mentors.referrals.urls")),
    path("", include("scholars.urls")),
    path("", include("scholars.alumni.urls")),
    path("", include("scholars.visas.urls")),
    path("", include("research_plans.urls")),
]

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.page_not_found
handler500 = errors.server_error
