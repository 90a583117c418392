"""Doubts about integrity: raise one, decide on somebody else's, see which wait."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from applications.forms import ConcernForm, DecideConcernForm
from applications.policies import can_decide_concern, can_list_applications, can_raise_concern
from applications.selectors import applications_visible_to, concerns_visible_to, with_names
from applications.services import decide_concern, raise_concern
from applications.views.common import visible_cohort
from mats_portal.cohorts.policies import evaluators_of_some_cohort, staff_of_some_cohort
from mats_portal.web.access import FORM, access, reader, require
from mats_portal.web.errors import Refusal
from mats_portal.web.pages import keyset


@access(staff_of_some_cohort)
def concerns(request: HttpRequest, slug: str) -> HttpResponse:
    """The cohort's concerns, those that wait first."""
    cohort = visible_cohort(request, slug)
    require(can_list_applications(request.user, cohort))
    found = concerns_visible_to(request.user).filter(application__cohort=cohort)
    rows = found.select_related("application__person", "raised_by", "decided_by")
    page = keyset(rows, request, key=("-state", "-raised_at", "-id"))
    return render(request, "applications/concern_list.html", {"cohort": cohort, "page": page})


@access(evaluators_of_some_cohort, methods=FORM)
def doubt(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Say what makes one doubt an application."""
    cohort = visible_cohort(request, slug)
    visible = applications_visible_to(request.user).in_cohort(cohort).submitted().select_related("cohort")
    application = get_object_or_404(with_names(visible, request.user), code=code)
    require(can_raise_concern(request.user, application))
    form, status = ConcernForm(request.POST or None), HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        try:
            raise_concern(application=application, reason=form.cleaned_data["reason"], by=reader(request))
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
            status = HTTPStatus.CONFLICT
        else:
            messages.success(request, "Your concern waits for a second person. Nothing else has changed.")
            return redirect("applications:application", slug, code)
    elif form.errors:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    context = {"cohort": cohort, "application": application, "form": form}
    return render(request, "applications/concern_form.html", context, status=status)


@access(staff_of_some_cohort, methods=FORM)
def concern(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One concern: what was said, and the second person's decision."""
    cohort = visible_cohort(request, slug)
    require(can_list_applications(request.user, cohort))
    visible = concerns_visible_to(request.user).filter(application__cohort=cohort)
    found = get_object_or_404(
        visible.select_related("application__person", "application__cohort", "raised_by", "decided_by"), code=code
    )
    may = can_decide_concern(request.user, found)
    form, status = DecideConcernForm(request.POST or None), HTTPStatus.OK
    if request.method == "POST":
        require(may)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            is_confirmed, reason = form.cleaned_data["answer"] == "confirm", form.cleaned_data["reason"]
            try:
                decide_concern(concern=found, is_confirmed=is_confirmed, reason=reason, by=reader(request))
            except Refusal as refusal:
                found.refresh_from_db()
                form.add_error(None, refusal.sentence)
                status = HTTPStatus.CONFLICT
            else:
                messages.success(request, "Your decision is kept with your reason.")
                return redirect("applications:concerns", slug)
    context = {"cohort": cohort, "concern": found, "form": form, "may": may}
    return render(request, "applications/concern_detail.html", context, status=status)
