"""Text written after the close: staff see that there is some, and may admit it with a reason."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from applications.forms import AdmitForm
from applications.policies import can_list_applications
from applications.selectors import draft_of, late_applications, late_drafts
from applications.services import admit_late_draft
from applications.views.common import visible_cohort
from mats_portal.cohorts.policies import staff_of_some_cohort
from mats_portal.web.access import FORM, access, reader, require
from mats_portal.web.errors import Refusal


@access(staff_of_some_cohort)
def late(request: HttpRequest, slug: str) -> HttpResponse:
    """Who kept text after their close: whose, and when; nothing of what it says."""
    cohort = visible_cohort(request, slug)
    require(can_list_applications(request.user, cohort))
    return render(request, "applications/late_list.html", {"cohort": cohort, "drafts": late_drafts(cohort)})


@access(staff_of_some_cohort, methods=FORM)
def admit(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Say why, then admit."""
    cohort = visible_cohort(request, slug)
    require(can_list_applications(request.user, cohort))
    application = get_object_or_404(late_applications(cohort), code=code)
    form = AdmitForm(request.POST or None)
    status = HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        try:
            admit_late_draft(application=application, reason=form.cleaned_data["reason"], by=reader(request))
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
            status = HTTPStatus.CONFLICT
        else:
            messages.success(request, f"{application.person} is admitted, and has a receipt that says so.")
            return redirect("applications:late", slug)
    draft = draft_of(application)
    context = {"cohort": cohort, "application": application, "draft": draft, "form": form}
    return render(request, "applications/late_confirm_admit.html", context, status=status)
