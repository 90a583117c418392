"""Is the portal well? In plain words, for staff and administrators."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mats_portal.outbox.policies import keepers_of_letters
from mats_portal.outbox.signs import signs_of_health
from mats_portal.people.policies import administrators
from mats_portal.web.access import access


@access(keepers_of_letters)
def system(request: HttpRequest) -> HttpResponse:
    """Schedule, letters, mail server, jobs, tables and clock: each with what to do when it is not well."""
    signs = signs_of_health()
    troubles = [sign for sign in signs if not sign.is_well]
    is_admin = administrators(request.user).allowed
    return render(request, "outbox/system.html", {"signs": signs, "troubles": troubles, "is_admin": is_admin})
