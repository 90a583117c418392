"""Whether this process is well, for a proxy or a container's health check."""

from django.urls import path

from mats_portal.web import views

app_name = "health"
urlpatterns = [
    path("live/", views.live, name="live"),
    path("ready/", views.ready, name="ready"),
]
