"""Health, and the home page that the apps furnish."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from mats_portal.web.access import access, everyone
from mats_portal.web.furnishing import furnishings
from mats_portal.web.health import is_ready
from mats_portal.web.home import sections_for


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
        fronts = [front for furnish in furnishings("front_page") for front in furnish(now)]
        return render(request, "web/front.html", {"sections": fronts, "demo_logins": settings.DEMO_LOGINS})
    return render(request, "web/home.html", {"sections": sections_for(request.user, now)})


@access(everyone)
def support_home(request: HttpRequest) -> HttpResponse:
    """The support site begins with support."""
    return redirect("/support/")
