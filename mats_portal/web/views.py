"""Health, and the home page that the apps furnish."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone

from mats_portal.web.access import access, everyone
from mats_portal.web.furnishing import furnishings
from mats_portal.web.health import is_ready
from mats_portal.web.home import Section, sections_for


@access(everyone)
def live(request: HttpRequest) -> HttpResponse:
    """The process runs."""
    return HttpResponse("alive\n", content_type="text/plain")


@access(everyone)
def ready(request: HttpRequest) -> HttpResponse:
    """The process can serve. Says no more than that to the public."""
    if is_ready():
        return HttpResponse("ready\n", content_type="text/plain")
    return HttpResponse("not ready\n", content_type="text/plain", status=HTTPStatus.SERVICE_UNAVAILABLE)


@access(everyone)
def home(request: HttpRequest) -> HttpResponse:
    """The front page for the public; for a person, what to do next and by when."""
    now = timezone.now()
    if not request.user.is_authenticated:
        fronts = [section for furnish in furnishings("front_page") for section in furnish(now)]
        context = {"parts": _drawn(request, fronts), "has_demo_logins": settings.DEMO_LOGINS}
        return render(request, "web/front.html", context)
    sections = sections_for(request.user, now)
    return render(request, "web/home.html", {"first": sections[0], "parts": _drawn(request, sections)})


def _drawn(request: HttpRequest, sections: list[Section]) -> list[dict[str, Any]]:
    return [
        {
            "section": section,
            "html": render_to_string(section.template, {**section.context, "section": section}, request),
        }
        for section in sections
    ]


@access(everyone)
def support_home(request: HttpRequest) -> HttpResponse:
    """The support site begins with support."""
    return redirect("/support/")
