"""Streams and their seats."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from mats_portal.cohorts import services
from mats_portal.cohorts.forms import StreamForm
from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.policies import can_set_up_cohort, staff_or_administrators
from mats_portal.cohorts.selectors import seat_counts, streams_of, streams_with_mentors
from mats_portal.cohorts.views import cohort_for
from mats_portal.web.access import FORM, access, reader
from mats_portal.web.errors import Refusal


@access(staff_or_administrators)
def streams(request: HttpRequest, slug: str) -> HttpResponse:
    """The streams of a cohort, their mentors and their seats."""
    cohort = cohort_for(request, slug, can_set_up_cohort)
    context = {"cohort": cohort, "streams": streams_with_mentors(cohort), "seats": seat_counts(cohort)}
    return render(request, "cohorts/streams.html", context)


@access(staff_or_administrators, methods=FORM)
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """A new stream."""
    cohort = cohort_for(request, slug, can_set_up_cohort)
    form = StreamForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            stream = services.add_stream(cohort=cohort, by=reader(request), **_facts(request, cohort, form))
        except Refusal as refusal:
            form.add_error("name", refusal.sentence)
        else:
            messages.success(request, f"{stream} is there. Invite its mentor next.")
            return redirect("cohorts:streams", slug)
    return render(request, "cohorts/stream_form.html", {"cohort": cohort, "form": form})


@access(staff_or_administrators, methods=FORM)
def change(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Change a stream's words and seats."""
    cohort = cohort_for(request, slug, can_set_up_cohort)
    stream = get_object_or_404(streams_of(cohort), code=code)
    form = StreamForm(request.POST or None, initial=StreamForm.values_of(stream))
    if request.method == "POST" and form.is_valid():
        try:
            services.change_stream(stream=stream, by=reader(request), **_facts(request, cohort, form))
        except Refusal as refusal:
            form.add_error("seats" if isinstance(refusal, services.SeatsTaken) else "name", refusal.sentence)
        else:
            messages.success(request, "Saved.")
            return redirect("cohorts:streams", slug)
    return render(request, "cohorts/stream_form.html", {"cohort": cohort, "form": form, "stream": stream})


def _facts(request: HttpRequest, cohort: Cohort, form: StreamForm) -> dict[str, Any]:
    """What was typed, with the track it names: the one there is, or a new one."""
    facts = dict(form.cleaned_data)
    name = facts.pop("track_name")
    return facts | {"track": services.add_track(cohort=cohort, name=name, by=reader(request)) if name else None}
