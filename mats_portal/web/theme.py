"""Light or dark: kept in a cookie, so that the page comes in the right colours at once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from mats_portal.web.access import ACT, access, everyone
from mats_portal.web.links import next_url

YEAR = 365 * 24 * 3600


@access(everyone, methods=ACT)
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the reader's choice and go back to where they were; an unknown choice follows the system again."""
    response = redirect(next_url(request, "/"))
    wanted = request.POST.get("theme", "")
    if wanted in ("light", "dark"):
        response.set_cookie("theme", wanted, max_age=YEAR, samesite="Lax", secure=request.is_secure())
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response
