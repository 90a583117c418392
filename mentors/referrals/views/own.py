"""The applicant's own page: to whom they agree, what is said of them, and stopping it."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from applications.models import Application
from mats_portal.web.access import ACT, FORM, access, reader, signed_in
from mats_portal.web.errors import Refusal
from mentors.referrals.forms import ChoiceForm
from mentors.referrals.models import Consent, Referral
from mentors.referrals.selectors import organisations_to_choose, own_application
from mentors.referrals.services import choose_organisations, stop_referral


@access(signed_in, methods=FORM)
def own(request: HttpRequest, slug: str) -> HttpResponse:
    """Organisations to agree to, and every referral with its words and moments."""
    application = _application(request, slug)
    listed = list(organisations_to_choose(application))
    given = Consent.objects.given().filter(application=application).values_list("organisation__code", flat=True)
    form = ChoiceForm(
        request.POST if request.method == "POST" else None, listed=listed, initial={"organisations": list(given)}
    )
    status = HTTPStatus.OK
    if request.method == "POST":
        if form.is_valid():
            try:
                choose_organisations(
                    application=application, codes=form.cleaned_data["organisations"], by=reader(request)
                )
                messages.success(request, "Saved. You can change it at any time.")
                return redirect("referrals:own", slug)
            except Refusal as refusal:
                form.add_error(None, refusal.sentence)
        status = HTTPStatus.BAD_REQUEST
    referrals = Referral.objects.filter(consent__application=application).select_related("consent__organisation")
    facts = {"cohort": application.cohort, "form": form, "listed": listed, "referrals": list(referrals)}
    return render(request, "referrals/own.html", facts, status=status)


@access(signed_in, methods=ACT)
def stop_own(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Keep one referral from leaving."""
    application = _application(request, slug)
    found = get_object_or_404(
        Referral.objects.filter(consent__application=application).select_related("consent__application__cohort"),
        code=code,
    )
    try:
        stop_referral(referral=found, by=reader(request))
        messages.success(request, "Stopped. Nothing was sent.")
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("referrals:own", slug)


def _application(request: HttpRequest, slug: str) -> Application:
    """The reader's submitted application of the cohort; without one there is no such page."""
    found = own_application(reader(request), slug)
    if found is None:
        raise Http404
    request.cohort = found.cohort  # type: ignore[attr-defined]
    return found
