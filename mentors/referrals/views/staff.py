"""Referrals as staff keep them: the list of organisations, who agreed, what was shared."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.policies import staff_of_some_cohort
from mats_portal.cohorts.selectors import own_cohorts
from mats_portal.cohorts.states import CohortRole
from mats_portal.web.access import ACT, FORM, access, reader, require
from mats_portal.web.errors import Refusal
from mats_portal.web.pages import keyset
from mentors.referrals.forms import OrganisationForm, ReferralForm
from mentors.referrals.models import Organisation
from mentors.referrals.policies import can_refer_applicants, can_stop_referral
from mentors.referrals.selectors import organisations_of, people_to_refer, referrals_visible_to
from mentors.referrals.services import add_organisation, announce_referral, end_organisation, stop_referral


@access(staff_of_some_cohort, methods=FORM)
def referrals(request: HttpRequest, slug: str) -> HttpResponse:
    """Who agreed, what was announced and shared, and the organisations; adding one."""
    cohort = _cohort(request, slug)
    form = OrganisationForm(request.POST or None, label_suffix="")
    status = HTTPStatus.OK
    if request.method == "POST":
        require(can_refer_applicants(request.user, cohort))
        if form.is_valid():
            try:
                made = add_organisation(cohort=cohort, by=request.user, **form.cleaned_data)
                messages.success(request, f"{made} is on the list. Applicants can agree to it from now on.")
                return redirect("referrals:referrals", slug)
            except Refusal as refusal:
                form.add_error("name", refusal.sentence)
        status = HTTPStatus.BAD_REQUEST
    shared = referrals_visible_to(request.user).filter(consent__application__cohort=cohort)
    facts = {
        "cohort": cohort,
        "form": form,
        "organisations": organisations_of(cohort),
        "people": people_to_refer(request.user, cohort),
        "page": keyset(shared, request, key=("-announced_at", "-pk")),
    }
    return render(request, "referrals/referral_list.html", facts, status=status)


@access(staff_of_some_cohort, methods=ACT)
def end(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Take an organisation off the list."""
    cohort = _cohort(request, slug)
    require(can_refer_applicants(request.user, cohort))
    found = get_object_or_404(Organisation.objects.filter(cohort=cohort).select_related("cohort"), code=code)
    end_organisation(organisation=found, by=request.user)
    messages.success(request, f"{found} is off the list. What had not left is stopped.")
    return redirect("referrals:referrals", slug)


@access(staff_of_some_cohort, methods=FORM)
def refer(request: HttpRequest, slug: str, application: str) -> HttpResponse:
    """Write what is said of one applicant to one organisation that they agreed to."""
    cohort = _cohort(request, slug)
    found = next((one for one in people_to_refer(request.user, cohort) if one.code == application), None)
    if found is None:
        raise Http404
    consents = found.open_consents  # type: ignore[attr-defined]
    agreed = [one.organisation for one in consents if not hasattr(one, "referral")]
    form = ReferralForm(request.POST or None, agreed=agreed)
    status = HTTPStatus.OK
    if request.method == "POST":
        require(can_refer_applicants(request.user, cohort))
        if form.is_valid():
            try:
                announce_referral(application=found, by=request.user, **form.cleaned_data)
                messages.success(request, f"{found.person} reads it first. It leaves in two days unless they stop it.")
                return redirect("referrals:referrals", slug)
            except Refusal as refusal:
                form.add_error("text", refusal.sentence)
        status = HTTPStatus.BAD_REQUEST
    facts = {"cohort": cohort, "application": found, "form": form, "agreed": agreed}
    return render(request, "referrals/referral_form.html", facts, status=status)


@access(staff_of_some_cohort, methods=ACT)
def stop(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Keep a referral from leaving."""
    cohort = _cohort(request, slug)
    visible = referrals_visible_to(reader(request)).filter(consent__application__cohort=cohort)
    found = get_object_or_404(visible, code=code)
    require(can_stop_referral(request.user, found))
    try:
        stop_referral(referral=found, by=request.user)
        messages.success(request, "Stopped. Nothing was sent.")
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("referrals:referrals", slug)


def _cohort(request: HttpRequest, slug: str) -> Cohort:
    """The cohort, for its programme staff; 404 for anybody else."""
    found = next((one for one in own_cohorts(request.user, CohortRole.STAFF) if one.slug == slug), None)
    if found is None:
        raise Http404
    request.cohort = found  # type: ignore[attr-defined]
    return found
