"""What holds in the matching: shared seats, minimum seats, pairs fixed by decision."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.cohorts.policies import staff_of_some_cohort
from mats_portal.cohorts.selectors import streams_of
from mats_portal.web.access import ACT, FORM, access, require
from mats_portal.web.errors import Refusal
from mentors.errors import NoRoomForPair, NotWaitingForStream
from mentors.matching_forms import FixForm, MinimumForm, ShareForm, application_of
from mentors.models import Draw, FixedPair, SharedSeats
from mentors.policies import can_offer, can_overrule_matching
from mentors.selectors import conflicted_applications
from mentors.selectors.rules import fixed_pairs_of, minimums_of, preview_of, shared_seats_of
from mentors.services import end_fixed_pair, fix_pair, set_minimum_seats, share_seats, stop_sharing_seats
from mentors.views.door import run_cohort


@access(staff_of_some_cohort, methods=FORM)
def rules(request: HttpRequest, slug: str) -> HttpResponse:
    """Read and change what holds in the matching."""
    cohort = run_cohort(request, slug)
    streams = list(streams_of(cohort))
    is_sharing = request.method == "POST" and "share" in request.POST
    share = ShareForm(request.POST if is_sharing else None, streams=streams)
    data = request.POST if request.method == "POST" and not is_sharing else None
    minimum = MinimumForm(data, streams=streams, minimums=minimums_of(cohort))
    status = HTTPStatus.OK
    if request.method == "POST":
        require(can_offer(request.user, cohort))
        if _kept(request, cohort, share if is_sharing else minimum):
            return redirect("mentors:rules", slug)
        status = HTTPStatus.BAD_REQUEST
    facts = {
        "cohort": cohort,
        "share": share,
        "minimum": minimum,
        "shared": shared_seats_of(cohort),
        "pairs": fixed_pairs_of(cohort, request.user),
        "draw": Draw.objects.filter(cohort=cohort).first(),
        "may_overrule": can_overrule_matching(request.user, cohort).allowed,
        "has_streams": bool(streams),
    }
    return render(request, "mentors/rules.html", facts, status=status)


def _kept(request: HttpRequest, cohort: Cohort, form: ShareForm | MinimumForm) -> bool:
    """Keep what was sent, or put the refusal on the form."""
    if not form.is_valid():
        return False
    try:
        if isinstance(form, ShareForm):
            share_seats(cohort=cohort, by=request.user, **form.cleaned_data)
        else:
            set_minimum_seats(cohort=cohort, minimums=form.minimums(), by=request.user)
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        return False
    messages.success(request, "Saved. It holds from the next run of the matching.")
    return True


@access(staff_of_some_cohort, methods=ACT)
def stop_sharing(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Give each stream its own seats again."""
    cohort = run_cohort(request, slug)
    require(can_offer(request.user, cohort))
    shared = get_object_or_404(SharedSeats.objects.select_related("cohort"), cohort=cohort, code=code)
    stop_sharing_seats(shared=shared, by=request.user)
    messages.success(request, "Each of these streams has its own seats again.")
    return redirect("mentors:rules", slug)


@access(staff_of_some_cohort, methods=FORM)
def fix(request: HttpRequest, slug: str) -> HttpResponse:
    """Decide a pair against or beside the matching: first what it would do, then the reason."""
    cohort = run_cohort(request, slug)
    require(can_overrule_matching(request.user, cohort))
    streams = list(streams_of(cohort))
    form = FixForm(request.POST or None, streams=streams, initial={"application": request.GET.get("application", "")})
    facts: dict[str, Any] = {"cohort": cohort, "form": form}
    if request.method != "POST":
        return render(request, "mentors/fixed_pair_form.html", facts)
    if not form.is_valid():
        return render(request, "mentors/fixed_pair_form.html", facts, status=HTTPStatus.BAD_REQUEST)
    stream = next(stream for stream in streams if stream.code == form.cleaned_data["stream"])
    application = application_of(cohort, form.cleaned_data["application"], conflicted_applications(request.user))
    if application is None:
        form.add_error("application", "There is no submitted application of that code in this cohort.")
        return render(request, "mentors/fixed_pair_form.html", facts, status=HTTPStatus.BAD_REQUEST)
    facts |= {"application": application, "stream": stream}
    return _decide(request, cohort, form, facts)


def _decide(request: HttpRequest, cohort: Cohort, form: FixForm, facts: dict[str, Any]) -> HttpResponse:
    """Show the preview, or fix the pair when the preview that was read still holds."""
    pair: tuple[Any, Stream] = facts["application"], facts["stream"]
    status = HTTPStatus.OK
    if "decide" in request.POST:
        typed = {"reason": form.cleaned_data["reason"], "expected": form.cleaned_data["expected"]}
        try:
            fix_pair(application=pair[0], stream=pair[1], by=request.user, **typed)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
            status = HTTPStatus.CONFLICT
        else:
            messages.success(request, "Fixed. It holds from the next run of the matching; nobody has been told.")
            return redirect("mentors:rules", cohort.slug)
    try:
        facts["preview"] = preview_of(cohort, *pair, request.user)
    except (NotWaitingForStream, NoRoomForPair) as refusal:
        form.add_error(None, refusal.sentence)
        status = HTTPStatus.CONFLICT
    return render(request, "mentors/fixed_pair_form.html", facts, status=status)


@access(staff_of_some_cohort, methods=ACT)
def unfix(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Let the lists decide again."""
    cohort = run_cohort(request, slug)
    require(can_overrule_matching(request.user, cohort))
    pairs = FixedPair.objects.select_related("application", "stream__cohort")
    hidden = conflicted_applications(request.user)
    pair = get_object_or_404(pairs.exclude(application__in=hidden), stream__cohort=cohort, code=code)
    try:
        end_fixed_pair(pair=pair, by=request.user)
        messages.success(request, "Ended. The lists decide again from the next run of the matching.")
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("mentors:rules", slug)
