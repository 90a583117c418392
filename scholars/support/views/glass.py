"""Break the glass, confirm it, read by it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from mats_portal.cohorts.models import Cohort
from mats_portal.people.selectors import person_with_code
from mats_portal.web.access import ACT, FORM, require
from mats_portal.web.errors import Refusal
from scholars.support.forms import BreakGlassForm
from scholars.support.models import SupportRequest
from scholars.support.policies import can_confirm_glass, glasses_visible_to
from scholars.support.selectors import glasses_with_names, possible_seconds, scholars_with_requests, with_names
from scholars.support.services.glass import break_glass, confirm_glass
from scholars.support.views.door import Request, behind_the_door, supported_cohort


@behind_the_door(*FORM)
def begin(request: Request, slug: str) -> HttpResponse:
    """Support names a scholar, a second person and a reason. The register of earlier ones stands below."""
    cohort = supported_cohort(request.user, slug)
    scholars = {code: name for code, name in scholars_with_requests(slug).items() if code != request.user.code}
    form = BreakGlassForm(request.POST or None, scholars=scholars, seconds=possible_seconds(request.user, cohort))
    if form.is_valid():
        given = form.cleaned_data
        try:
            glass = break_glass(
                by=request.user,
                cohort=cohort,
                scholar_code=given["scholar"],
                second=person_with_code(given["second"]),
                reason=given["reason"],
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "The second person has a letter. Nothing is open until they confirm.")
            return redirect(glass)
    register = glasses_with_names(glasses_visible_to(request.user).filter(cohort_slug=slug))
    return render(request, "support/glass_form.html", {"form": form, "cohort": cohort, "register": register})


@behind_the_door()
def glass(request: Request, code: str) -> HttpResponse:
    """One opening: who, whose notes, why, until when; for its two people the scholar's requests while it lasts."""
    found = get_object_or_404(glasses_visible_to(request.user), code=code)
    is_one_of_two = request.user.code in (found.asked_by_code, found.second_code)
    is_open = found.expires_at is not None and found.expires_at > timezone.now()
    requests = SupportRequest.objects.of_scholar(found.scholar_code).filter(cohort_slug=found.cohort_slug)
    context = {
        "named": glasses_with_names(glasses_visible_to(request.user).filter(pk=found.pk))[0],
        "can_confirm": can_confirm_glass(request.user, found).allowed and found.confirmed_at is None,
        "is_open": is_open,
        "lines": with_names(requests) if is_one_of_two and is_open else [],
    }
    return render(request, "support/glass_detail.html", context)


@behind_the_door(*ACT)
def confirm(request: Request, code: str) -> HttpResponse:
    """The second person confirms."""
    found = get_object_or_404(glasses_visible_to(request.user), code=code)
    require(can_confirm_glass(request.user, found))
    cohort = get_object_or_404(Cohort, slug=found.cohort_slug)
    try:
        confirm_glass(by=request.user, glass=found, scholar=person_with_code(found.scholar_code), cohort=cohort)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, "Open for both of you for 24 hours. The scholar has been told.")
    return redirect(found)
