from django.urls import URLPattern, URLResolver

app_name = "rubrics"
urlpatterns: list[URLPattern | URLResolver] = []
