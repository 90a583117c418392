"""One request: the scholar's own page, and support's with notes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from mats_portal.cohorts.models import Cohort
from mats_portal.web.access import ACT, require
from mats_portal.web.errors import Refusal
from scholars.support.forms import CloseForm, HandOverForm, NoteForm, PlanForm
from scholars.support.models import SupportRequest
from scholars.support.policies import (
    can_take_back_request,
    can_take_request,
    can_work_on_request,
    open_glass,
    supports,
)
from scholars.support.selectors import notes_of, support_people, with_names
from scholars.support.services.requests import (
    close_request,
    hand_over_request,
    plan_request,
    record_opening,
    reopen_request,
    take_back_request,
    take_request,
    write_note,
)
from scholars.support.views.door import Request, behind_the_door, readable_request, visible_request


@behind_the_door()
def request(request: Request, code: str) -> HttpResponse:
    """The request as this reader may see it. That it was opened is written down, and the scholar can read that."""
    found = readable_request(request.user, code)
    if found.scholar_code == request.user.code:
        return render(request, "support/request_own.html", _own(request.user, found))
    record_opening(by=request.user, request=found, glass=_glass(request.user, found))
    return _desk(request, found)


@behind_the_door(*ACT)
def take(request: Request, code: str) -> HttpResponse:
    """Support takes it."""
    found = visible_request(request.user, code)
    if found.taken_by_code != request.user.code:
        require(can_take_request(request.user, found))
    try:
        take_request(by=request.user, request=found)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("support:queue", found.cohort_slug)
    return redirect(found)


@behind_the_door(*ACT)
def note(request: Request, code: str) -> HttpResponse:
    """Support writes a note."""
    found = _workable(request.user, code)
    form = NoteForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        return _act(
            request, found, form, write_note, "The note is kept.", text=given["text"], form_key=given["form_key"]
        )
    return _desk(request, found, write_form=form)


@behind_the_door(*ACT)
def plan(request: Request, code: str) -> HttpResponse:
    """Support sets when to meet and when to ask again."""
    found = _workable(request.user, code)
    form = PlanForm(request.POST, zone=request.user.time_zone)
    if form.is_valid():
        return _act(request, found, form, plan_request, "The dates are kept.", **form.cleaned_data)
    return _desk(request, found, plan_form=form)


@behind_the_door(*ACT)
def hand_over(request: Request, code: str) -> HttpResponse:
    """Support gives it to a colleague, and then no longer reads it."""
    found = _workable(request.user, code)
    colleagues = {one.code: one for one in _colleagues(request.user, found)}
    form = HandOverForm(request.POST, colleagues={key: str(one) for key, one in colleagues.items()})
    if not form.is_valid():
        return _desk(request, found, hand_over_form=form)
    to = colleagues[form.cleaned_data["to"]]
    try:
        hand_over_request(by=request.user, request=found, to=to)
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        return _desk(request, found, hand_over_form=form)
    messages.success(request, f"{to} has it now.")
    return redirect("support:queue", found.cohort_slug)


@behind_the_door(*ACT)
def close(request: Request, code: str) -> HttpResponse:
    """Support closes it."""
    found = _workable(request.user, code)
    form = CloseForm(request.POST)
    if form.is_valid():
        return _act(request, found, form, close_request, "Closed. You can open it again.", ending=form.ending())
    return _desk(request, found, close_form=form)


@behind_the_door(*ACT)
def reopen(request: Request, code: str) -> HttpResponse:
    """Support undoes the closing."""
    found = _workable(request.user, code)
    try:
        reopen_request(by=request.user, request=found)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect(found)


@behind_the_door(*ACT)
def take_back(request: Request, code: str) -> HttpResponse:
    """The scholar no longer needs it."""
    found = visible_request(request.user, code)
    require(can_take_back_request(request.user, found))
    try:
        take_back_request(by=request.user, request=found)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, "Your request is taken back. Support no longer works on it.")
    return redirect("support:home")


def _workable(person: Any, code: str) -> SupportRequest:
    """The request, if this person has it; otherwise 404 or 403."""
    found = visible_request(person, code)
    require(can_work_on_request(person, found))
    return found


def _act(request: Request, found: SupportRequest, form: Any, act: Any, done: str, **given: Any) -> HttpResponse:
    """One act of support on its own request: back to the page, with what was typed if it was refused."""
    try:
        act(by=request.user, request=found, **given)
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        return _desk(request, found, **{f"{act.__name__.split('_')[0]}_form": form})
    messages.success(request, done)
    return redirect(found)


def _glass(person: Any, found: SupportRequest) -> Any:
    """The broken glass this reader comes by; None for support at its own work."""
    own_work = supports(person, found.cohort_slug) and found.taken_by_code in ("", person.code)
    return None if own_work else open_glass(person, found)


def _colleagues(person: Any, found: SupportRequest) -> list[Any]:
    cohort = get_object_or_404(Cohort, slug=found.cohort_slug)
    return [one for one in support_people(cohort) if one.code not in (person.code, found.scholar_code)]


def _own(person: Any, found: SupportRequest) -> dict[str, Any]:
    return {"line": with_names([found])[0], "can_take_back": can_take_back_request(person, found).allowed}


def _desk(request: Request, found: SupportRequest, **forms: Any) -> HttpResponse:
    """Support's page of one request, with the forms of what may be done."""
    person = request.user
    colleagues = {one.code: str(one) for one in _colleagues(person, found)}
    context = {
        "line": with_names([found])[0],
        "notes": notes_of(found),
        "glass": _glass(person, found),
        "can_take": can_take_request(person, found).allowed,
        "can_work": can_work_on_request(person, found).allowed,
        "write_form": forms.get("write_form") or NoteForm(),
        "plan_form": forms.get("plan_form")
        or PlanForm(initial={"meet_at": found.meet_at, "follow_up_on": found.follow_up_on}, zone=person.time_zone),
        "hand_over_form": forms.get("hand_over_form") or HandOverForm(colleagues=colleagues),
        "has_colleagues": bool(colleagues),
        "close_form": forms.get("close_form") or CloseForm(),
    }
    return render(request, "support/request_desk.html", context)
