from django.urls import path

from mats_portal.outbox import views

app_name = "outbox"
urlpatterns = [
    path("cohorts/<slug:slug>/letters/", views.letters, name="letters"),
    path("cohorts/<slug:slug>/letters/tomorrow/", views.tomorrow, name="tomorrow"),
    path("cohorts/<slug:slug>/letters/held/", views.held, name="held"),
    path("letters/", views.post_office, name="post_office"),
    path("letters/<str:code>/", views.letter, name="letter"),
    path("letters/<str:code>/settle/", views.settle, name="settle"),
    path("system/", views.system, name="system"),
]
