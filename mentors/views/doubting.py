"""A concern about integrity, raised from the desk: one person's words, for a second person to decide on."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from applications.services import raise_concern
from mats_portal.cohorts.policies import evaluators_of_some_cohort
from mats_portal.web.access import FORM, access, require
from mats_portal.web.errors import Refusal
from mentors.forms import DoubtForm
from mentors.policies import can_doubt_application
from mentors.views.door import assessable_application, evaluated_cohort


@access(evaluators_of_some_cohort, methods=FORM)
def doubt(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Say what makes the reader doubt an application that they are to score; scores and ranks stay as they are."""
    cohort = evaluated_cohort(request, slug)
    application = assessable_application(request, cohort, code)
    require(can_doubt_application(request.user, application))
    form, status = DoubtForm(request.POST if request.method == "POST" else None, label_suffix=""), HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        try:
            raise_concern(application=application, reason=form.cleaned_data["reason"], by=request.user)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
            status = HTTPStatus.CONFLICT
        else:
            messages.success(request, "Your concern waits for a second person. Score the application as you read it.")
            return redirect("mentors:desk", slug, code)
    elif form.errors:
        status = HTTPStatus.BAD_REQUEST
    return render(request, "mentors/doubt_form.html", {"application": application, "form": form}, status=status)
