"""The page of a cohort that everybody may see."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from mats_portal.cohorts.dashboard import actions_for
from mats_portal.cohorts.selectors import cohorts_visible_to, path_of, streams_with_mentors
from mats_portal.web.access import access, everyone


@access(everyone)
def cohort(request: HttpRequest, slug: str) -> HttpResponse:
    """What it is, its dates, its streams with their mentors, and what one can do now."""
    found = get_object_or_404(cohorts_visible_to(request.user), slug=slug)
    request.cohort = found  # type: ignore[attr-defined]
    context = {
        "cohort": found,
        "steps": path_of(found),
        "streams": streams_with_mentors(found),
        "actions": actions_for(request.user, found, timezone.now()),
    }
    return render(request, "cohorts/cohort.html", context)
