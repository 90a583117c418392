from django.urls import path

from mats_portal.jobs import views

app_name = "jobs"
urlpatterns = [path("jobs/<str:code>/", views.job, name="job")]
