"""One address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from bench.yardstick.models import Row


def rows(request: HttpRequest) -> HttpResponse:
    """Fifty rows of seven cells, for somebody who has signed in."""
    name = request.user.get_username()
    found = Row.objects.order_by("-id").values("name", "place", "word", "number", "score", "at", "is_good")[:50]
    return render(request, "rows.html", {"name": name, "rows": found})


urlpatterns = [path("", rows)]
