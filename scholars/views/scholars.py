"""Scholars, as staff and mentors see them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.policies import can_run_cohort
from mats_portal.cohorts.selectors import own_cohorts, streams_of
from mats_portal.cohorts.states import CohortRole
from mats_portal.web.access import ACT, access, require, signed_in
from mats_portal.web.errors import Refusal
from mats_portal.web.furnishing import furnishings
from mats_portal.web.pages import keyset
from scholars.forms import LeaveForm, MentorlessForm, SwitchForm
from scholars.models import Scholar
from scholars.policies import can_move_scholar, scholars_visible_to
from scholars.selectors import history_of, mentors_of, overdue_offers, streams_with_seats, streams_without_mentor
from scholars.services import allow_mentorless, leave_programme, switch_stream
from scholars.services.enrolling import Move
from scholars.states import ScholarState, SwitchReason


@access(signed_in)
def scholars(request: Any, slug: str) -> HttpResponse:
    """The cohort's scholars by name; for a mentor, their streams'."""
    cohort = _cohort(request, slug)
    visible = scholars_visible_to(request.user).in_cohort(cohort)  # type: ignore[attr-defined]
    visible = visible.exclude(person=request.user)
    words, stream, state = (request.GET.get(name, "").strip()[:100] for name in ("q", "stream", "state"))
    found = visible
    if words:
        found = found.filter(Q(person__name__icontains=words) | Q(person__email__icontains=words))
    found = found.filter(stream__code=stream) if stream else found
    found = found.filter(state=state) if state in ScholarState.values else found
    page = keyset(found, request, key=("person__name", "pk"))
    is_staff = can_run_cohort(request.user, cohort).allowed
    streams = streams_with_seats(cohort) if is_staff else []
    active = visible.filter(state=ScholarState.ACTIVE).count()
    context = {
        "cohort": cohort,
        "page": page,
        "mentors": mentors_of(scholar.stream_id for scholar in page.items),
        "active": active,
        "heading": f"{active} in the programme" if active else "Nobody is in the programme",
        "seats": streams,
        "is_staff": is_staff,
        "overdue": len(overdue_offers(cohort)) if is_staff else 0,
        "bare_streams": [one for one in streams if not one.is_led],
        "states": ScholarState.choices,
        "words": words,
        "stream": stream,
        "state": state,
    }
    return render(request, "scholars/scholar_list.html", context)


@access(signed_in)
def scholar(request: Any, slug: str, code: str) -> HttpResponse:
    """One scholar: where they are, how they came there, what other apps know."""
    return _page(request, _scholar(request, slug, code))


@access(signed_in, methods=ACT)
def switch(request: Any, slug: str, code: str) -> HttpResponse:
    """Move a scholar to another stream."""
    found = _scholar(request, slug, code)
    require(can_move_scholar(request.user, found))
    streams = {one.code: one for one in streams_of(found.cohort)}
    form = SwitchForm(request.POST, streams=streams.values())
    if form.is_valid():
        given = form.cleaned_data
        move = Move(streams[given["target"]], SwitchReason(given["reason"]), given["note"])
        try:
            switch_stream(scholar=found, move=move, by=request.user)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, f"{found} is in {found.stream} now, and has a letter that says so.")
            return redirect(found)
    return _page(request, found, switch_form=form)


@access(signed_in, methods=ACT)
def leave(request: Any, slug: str, code: str) -> HttpResponse:
    """A scholar leaves early."""
    found = _scholar(request, slug, code)
    require(can_move_scholar(request.user, found))
    form = LeaveForm(request.POST)
    if form.is_valid():
        try:
            leave_programme(scholar=found, reason=form.cleaned_data["reason"], by=request.user)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, f"{found} has left. The seat in {found.stream} is free.")
            return redirect(found)
    return _page(request, found, leave_form=form)


@access(signed_in, methods=ACT)
def mentorless(request: Any, slug: str) -> HttpResponse:
    """Let a stream enrol without a mentor, with the reason."""
    cohort = _cohort(request, slug)
    require(can_run_cohort(request.user, cohort))
    bare = {one.code: one for one in streams_without_mentor(cohort)}
    form = MentorlessForm(request.POST, streams=bare.values())
    if not form.is_valid():
        messages.error(request, "Choose a stream without a mentor, and say why it may enrol.")
        return redirect("scholars:scholars", slug)
    stream = bare[form.cleaned_data["stream"]]
    allow_mentorless(stream=stream, reason=form.cleaned_data["reason"], by=request.user)
    messages.success(request, f"{stream} can enrol scholars. The exception stands in the history of the cohort.")
    return redirect("scholars:scholars", slug)


def _cohort(request: Any, slug: str) -> Cohort:
    """The cohort, if this person runs it or mentors in it; otherwise 404."""
    own = own_cohorts(request.user, CohortRole.STAFF, CohortRole.MENTOR)
    cohort = next((one for one in own if one.slug == slug), None)
    if cohort is None:
        raise Http404
    request.cohort = cohort
    return cohort


def _scholar(request: Any, slug: str, code: str) -> Scholar:
    found = get_object_or_404(scholars_visible_to(request.user), cohort__slug=slug, code=code)
    request.cohort = found.cohort
    return found


def _page(request: Any, found: Scholar, **forms: Any) -> HttpResponse:
    switches, memberships = history_of(found)
    is_staff = can_run_cohort(request.user, found.cohort).allowed
    streams = [one for one in streams_of(found.cohort) if one.pk != found.stream_id]
    context = {
        "scholar": found,
        "cohort": found.cohort,
        "mentors": mentors_of([found.stream_id]).get(found.stream_id, []),
        "memberships": memberships,
        "is_staff": is_staff,
        "switches": switches if is_staff else [],
        "sections": [part for furnish in furnishings("scholar_sections") for part in furnish(request.user, found)],
        "can_move": can_move_scholar(request.user, found).allowed,
        "switch_form": forms.get("switch_form") or SwitchForm(streams=streams),
        "leave_form": forms.get("leave_form") or LeaveForm(),
    }
    return render(request, "scholars/scholar_detail.html", context, status=422 if forms else 200)
