"""The demo's door: sign in as an invented person with one click."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from mats_portal.people.demo import demo_people, invented_people
from mats_portal.people.signing_in import sign_in_to_demo
from mats_portal.web.access import ACT, access, everyone
from mats_portal.web.links import next_url


@access(everyone)
def demo(request: HttpRequest) -> HttpResponse:
    """The invented people, each with a button. Not there unless DEMO_LOGINS is on."""
    if not settings.DEMO_LOGINS:
        raise Http404
    return render(request, "people/demo.html", {"people": demo_people(), "next": next_url(request, "/")})


@access(everyone, methods=ACT)
def sign_in(request: HttpRequest, code: str) -> HttpResponse:
    """Become the invented person. Not there unless DEMO_LOGINS is on, and never for a real one."""
    if not settings.DEMO_LOGINS:
        raise Http404
    sign_in_to_demo(request, get_object_or_404(invented_people(), code=code))
    return redirect(next_url(request, "/"))
