"""Addresses of what can be undone."""

from django.urls import path

from mats_portal.journal import views

app_name = "journal"
urlpatterns = [
    path("undo/", views.deeds, name="deeds"),
    path("undo/<str:code>/", views.deed, name="deed"),
]
