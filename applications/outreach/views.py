"""The public interest form; what staff see of it; the list of channels."""

from __future__ import annotations

from http import HTTPStatus

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from applications.outreach.forms import ChannelForm, InterestForm
from applications.outreach.models import Channel
from applications.outreach.selectors import all_channels, arrivals, heard, is_open
from applications.outreach.services import leave_interest, order_channels, remove_channel, save_channel
from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.policies import can_run_cohort, staff_of_some_cohort
from mats_portal.cohorts.selectors import cohorts_visible_to
from mats_portal.reports.statistics import Share
from mats_portal.web.access import ACT, FORM, access, everyone, require
from mats_portal.web.components.charts import Bar
from mats_portal.web.errors import Refusal
from mats_portal.web.limits import is_within

MOST_AN_HOUR = 30


def _cohort(request: HttpRequest, slug: str) -> Cohort:
    cohort = get_object_or_404(cohorts_visible_to(request.user), slug=slug)
    request.cohort = cohort  # type: ignore[attr-defined]
    return cohort


@access(everyone, methods=FORM)
def interest(request: HttpRequest, slug: str) -> HttpResponse:
    """Leave an address and say how you heard."""
    cohort = _cohort(request, slug)
    form = InterestForm(request.POST or None)
    context = {"cohort": cohort, "form": form, "is_open": is_open(cohort)}
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        place = get_adapter().get_client_ip(request)
        if not is_within(f"interest:{place}", most=MOST_AN_HOUR, seconds=3600):
            form.add_error(None, "Many forms came from your network in the last hour. Please try again in an hour.")
            status = HTTPStatus.TOO_MANY_REQUESTS
        elif form.is_valid():
            try:
                leave_interest(cohort=cohort, **form.cleaned_data)
            except Refusal as refusal:
                form.add_error(None, refusal.sentence)
            else:
                return redirect("outreach:thanks", slug)
    return render(request, "outreach/interest_form.html", context, status=status)


@access(everyone)
def thanks(request: HttpRequest, slug: str) -> HttpResponse:
    """After the form: what happens next."""
    return render(request, "outreach/interest_thanks.html", {"cohort": _cohort(request, slug)})


@access(staff_of_some_cohort)
def outreach(request: HttpRequest, slug: str) -> HttpResponse:
    """How people heard of the cohort, and when they came."""
    cohort = _cohort(request, slug)
    require(can_run_cohort(request.user, cohort))
    told = heard(cohort)
    bars = [
        Bar(
            one.name,
            one.share.k,
            note=_words(one.share),
        )
        for one in told.channels
        if told.n
    ]
    days = [Bar(f"{day:%a} {day.day} {day:%b}", n) for day, n in arrivals(cohort)]
    context = {"cohort": cohort, "heard": told, "bars": bars, "days": days}
    return render(request, "outreach/interest_list.html", context)


def _words(share: Share) -> str:
    if share.low is None or share.high is None:
        return ""
    return f"{100 * share.k / share.n:.0f} % ({100 * share.low:.0f} to {100 * share.high:.0f})"


@access(staff_of_some_cohort, methods=FORM)
def channels(request: HttpRequest, slug: str) -> HttpResponse:
    """The list of channels in its order; POST sets the order."""
    cohort = _cohort(request, slug)
    require(can_run_cohort(request.user, cohort))
    if request.method == "POST":
        places = {name.removeprefix("order_"): str(value) for name, value in request.POST.items()}
        order_channels(codes=sorted(places, key=lambda code: _number(places[code])), by=request.user)
        messages.success(request, "The order is saved.")
        return redirect("outreach:channels", slug)
    return render(request, "outreach/channel_list.html", {"cohort": cohort, "channels": all_channels()})


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 10_000


@access(staff_of_some_cohort, methods=FORM)
def channel(request: HttpRequest, slug: str, code: str = "") -> HttpResponse:
    """Add a channel, or change one."""
    cohort = _cohort(request, slug)
    require(can_run_cohort(request.user, cohort))
    found = get_object_or_404(Channel, code=code) if code else None
    names = ("name", "is_community", "is_listed")
    initial = {name: getattr(found, name) for name in names} if found else None
    form = ChannelForm(request.POST or None, initial=initial, label_suffix="")
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            try:
                saved = save_channel(channel=found, by=request.user, **form.cleaned_data)
            except Refusal as refusal:
                form.add_error("name", refusal.sentence)
            else:
                messages.success(request, f"“{saved.name}” is saved.")
                return redirect("outreach:channels", slug)
    context = {"cohort": cohort, "channel": found, "form": form}
    return render(request, "outreach/channel_form.html", context, status=status)


@access(staff_of_some_cohort, methods=ACT)
def remove(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Remove a channel that nobody has named."""
    cohort = _cohort(request, slug)
    require(can_run_cohort(request.user, cohort))
    found = get_object_or_404(Channel, code=code)
    try:
        remove_channel(channel=found, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, f"“{found.name}” is removed.")
    return redirect("outreach:channels", slug)
