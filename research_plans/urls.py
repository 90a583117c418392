from django.urls import URLPattern, URLResolver

app_name = "research_plans"
urlpatterns: list[URLPattern | URLResolver] = []
