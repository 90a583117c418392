"""The addresses of the support site, served by a process of its own. Everything else answers 404."""

from django.urls import include, path

from mats_portal.web import errors, theme, views

urlpatterns = [
    path("", views.support_home, name="home"),
    path("health/", include("mats_portal.web.urls")),
    path("theme/", theme.theme, name="theme"),
    path("accounts/", include("allauth.urls")),
    path("support/", include("scholars.support.urls")),
]

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.page_not_found
handler500 = errors.server_error
