"""Not scoring an application: a tie with the applicant, or leaving it to others."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from applications.models import Application
from applications.selectors import with_names
from mats_portal.cohorts.models import Stream
from mats_portal.cohorts.policies import evaluators_of_some_cohort
from mats_portal.cohorts.selectors import streams_led_by
from mats_portal.web.access import ACT, FORM, access, require
from mats_portal.web.errors import Refusal
from mats_portal.web.text import counted
from mentors import services
from mentors.forms import ConflictForm, WaiverForm
from mentors.models import Waiver
from mentors.policies import can_declare_conflict, can_waive_scoring
from mentors.selectors import review_queue
from mentors.selectors.ranking import applicants_of
from mentors.selectors.reviewing import waivable_by
from mentors.views.door import assessable_application, evaluated_cohort


@access(evaluators_of_some_cohort, methods=FORM)
def conflict(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Declare a tie with the applicant; asks first, because the application vanishes."""
    cohort = evaluated_cohort(request, slug)
    application = assessable_application(request, cohort, code)
    require(can_declare_conflict(request.user, application))
    form = ConflictForm(request.POST or None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        kind = form.cleaned_data["kind"]
        services.declare_conflict(application=application, person=request.user, kind=kind, by=request.user)
        messages.success(request, "Noted. You will not see this application again; staff can undo a wrong click.")
        following = review_queue(request.user, cohort).remaining[:1]
        if following:
            return redirect("mentors:desk", slug, following[0].code)
        return redirect("mentors:review", slug)
    return render(request, "mentors/conflict_form.html", {"application": application, "form": form})


@access(evaluators_of_some_cohort, methods=FORM)
def waive(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """A mentor says that they will not score an applicant of their stream; asks first, because scores then open."""
    cohort = evaluated_cohort(request, slug)
    application = assessable_application(request, cohort, code)
    require(can_waive_scoring(request.user, application))
    form = WaiverForm(request.POST if request.method == "POST" else None, label_suffix="")
    if request.method == "POST" and form.is_valid() and _waive(request, form, [application]):
        messages.success(request, "Noted. What others scored is open to you now.")
        return redirect("mentors:desk", slug, code)
    facts = {"applications": [application], "application": application, "form": form}
    return render(request, "mentors/waiver_form.html", facts, status=_status(form))


@access(evaluators_of_some_cohort, methods=FORM)
def waive_several(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """The same for many applicants of one stream: whoever is ticked."""
    cohort = evaluated_cohort(request, slug)
    stream = get_object_or_404(Stream, cohort=cohort, code=code, pk__in=streams_led_by(request.user))
    left = waivable_by(request.user).filter(pk__in=applicants_of(stream).values("pk"))
    shown = list(with_names(left, request.user).defer("search").order_by("shown_name", "pk"))
    form = WaiverForm(request.POST if request.method == "POST" else None, label_suffix="")
    ticked = set(request.POST.getlist("application"))
    if request.method == "POST" and form.is_valid():
        chosen = [application for application in shown if application.code in ticked]
        if not chosen:
            form.add_error(None, "Tick the applicants whom you will not score.")
        elif _waive(request, form, chosen):
            messages.success(
                request, f"Noted for {counted(len(chosen), 'applicant', 'applicants')}. What others scored is open now."
            )
            return redirect("mentors:ranking", slug, code)
    facts = {"applications": shown, "stream": stream, "form": form, "ticked": ticked}
    return render(request, "mentors/waiver_form.html", facts, status=_status(form))


def _waive(request: HttpRequest, form: WaiverForm, chosen: list[Application]) -> bool:
    try:
        services.waive_scoring(applications=chosen, by=request.user, **form.cleaned_data)
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        return False
    return True


def _status(form: Any) -> HTTPStatus:
    return HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK


@access(evaluators_of_some_cohort, methods=ACT)
def take_back_waiver(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """The mentor scores the applicant after all."""
    application = assessable_application(request, evaluated_cohort(request, slug), code)
    waiver = get_object_or_404(Waiver, person=request.user, application=application)
    try:
        services.take_back_waiver(waiver=waiver, by=request.user)
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("mentors:desk", slug, code)
