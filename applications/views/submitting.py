"""Read the application through and submit it; withdraw it."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from applications.errors import QuestionsMissing
from applications.policies import can_withdraw_application
from applications.reading import for_reading
from applications.selectors import draft_of, latest_submission, window_of
from applications.services import submit_application, withdraw_application
from applications.snapshot import build, digest_of, measured
from applications.states import MOST_COMMITTED
from applications.views.common import own_application
from mats_portal.web.access import FORM, access, require, signed_in
from mats_portal.web.errors import Refusal


@access(signed_in, methods=FORM)
def review(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything on one page, as it would be submitted; POST submits it."""
    application = own_application(request, slug)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            submission = submit_application(application=application, by=request.user, seen=request.POST.get("seen", ""))
        except Refusal as caught:
            refusal = caught
        else:
            receipt = f"A receipt is on its way to {application.person.email}."
            messages.success(request, f"Your application is with us. {receipt}")
            return redirect("applications:apply", submission.application.cohort.slug)
    content, problems = build(application)
    digest, latest = digest_of(content), latest_submission(application)
    context = {
        "draft": draft_of(application),
        "parts": for_reading(content["parts"], partial(_file_url, slug)),
        "cv": content.get("cv"),
        "problems": problems,
        "commitments": measured(content)["commitments"],
        "most_committed": MOST_COMMITTED,
        "digest": digest,
        "latest": latest,
        "is_as_submitted": bool(latest and latest.digest == digest and application.state == "submitted"),
        "window": window_of(application.cohort, request.user),
        "refusal": refusal if not isinstance(refusal, QuestionsMissing) else None,
    }
    status = HTTPStatus.CONFLICT if refusal else HTTPStatus.OK
    return render(request, "applications/application_review.html", context, status=status)


def _file_url(slug: str, code: str) -> str:
    return reverse("applications:own_file", args=[slug, code])


@access(signed_in, methods=FORM)
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask first, then withdraw."""
    application = own_application(request, slug)
    require(can_withdraw_application(request.user, application))
    if request.method == "POST":
        try:
            withdraw_application(application=application, by=request.user)
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, "Your application is withdrawn.")
        return redirect("applications:apply", slug)
    context = {"application": application, "window": window_of(application.cohort, request.user)}
    return render(request, "applications/application_confirm_withdraw.html", context)
