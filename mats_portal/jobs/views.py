"""The page of a job, for the person who asked for it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from mats_portal.jobs.selectors import job_seen_by, kind_of
from mats_portal.jobs.states import JobState
from mats_portal.web.access import access, signed_in


@access(signed_in)
def job(request: HttpRequest, code: str) -> HttpResponse:
    """How far a job is, and then its result. htmx asks for the middle of the page alone."""
    found = job_seen_by(request.user, code)
    if found is None:
        raise Http404
    kind = kind_of(found)
    facts = {
        "job": found,
        "title": kind.title if kind else "A job",
        "is_over": found.state in {JobState.DONE, JobState.FAILED},
        "has_failed": found.state == JobState.FAILED,
    }
    is_partial = request.headers.get("HX-Request") == "true"
    return render(request, "jobs/job_detail.html#progress" if is_partial else "jobs/job_detail.html", facts)
