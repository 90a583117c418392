"""One question, two minutes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from mats_portal.web.access import ACT, FORM, access, signed_in
from mats_portal.web.errors import Refusal
from scholars.alumni.forms import KeyForm, OutcomeForm
from scholars.alumni.policies import own_scholarships
from scholars.alumni.selectors import latest_of
from scholars.alumni.services import say_outcome, say_still_true
from scholars.models import Scholar

THANKS = "Thank you. This is now what we last knew of you."


@access(signed_in, methods=FORM)
def outcome(request: Any) -> HttpResponse:
    """What we last knew, "still true?", and otherwise what it is now."""
    scholar = _finished(request)
    latest = latest_of(request.user, scholar.cohort)
    initial = {"category": latest.category, "organisation": latest.organisation} if latest else {}
    form = OutcomeForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            say_outcome(
                cohort=scholar.cohort, doing=form.doing(), form_key=form.cleaned_data["form_key"], by=request.user
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, THANKS)
            return redirect("alumni:outcome")
    context = {"form": form, "key_form": KeyForm(auto_id=False), "latest": latest, "cohort": scholar.cohort}
    return render(request, "alumni/outcome_form.html", context)


@access(signed_in, methods=ACT)
def still_true(request: Any) -> HttpResponse:
    """One click: nothing has changed."""
    scholar = _finished(request)
    form = KeyForm(request.POST)
    form.is_valid()
    key = form.cleaned_data.get("form_key", "")
    try:
        say_still_true(cohort=scholar.cohort, as_of=timezone.localdate(), form_key=key, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, THANKS)
    return redirect("alumni:outcome")


def _finished(request: Any) -> Scholar:
    """Where this person finished last; 404 for whoever has not finished anywhere."""
    scholar = own_scholarships(request.user).first()
    if scholar is None:
        raise Http404
    request.cohort = scholar.cohort
    return scholar
