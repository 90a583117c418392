from django.urls import path

from mats_portal.keeping.views import asking, deciding, removing

app_name = "keeping"
urlpatterns = [
    path("kept/", asking.kept, name="kept"),
    path("kept/erase/", asking.erase, name="erase"),
    path("kept/erase/<str:code>/take-back/", asking.take_back, name="take_back"),
    path("cohorts/<slug:slug>/sensitive/", removing.sensitive, name="sensitive"),
    path("erasures/", deciding.erasures, name="erasures"),
    path("erasures/<str:code>/", deciding.erasure, name="erasure"),
]
