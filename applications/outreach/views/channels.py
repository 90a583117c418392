"""The list of channels, for staff."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from applications.outreach.forms import ChannelForm
from applications.outreach.models import Channel
from applications.outreach.selectors import all_channels
from applications.outreach.services import order_channels, remove_channel, save_channel
from applications.outreach.views.common import run_cohort
from mats_portal.cohorts.policies import staff_of_some_cohort
from mats_portal.web.access import ACT, FORM, access
from mats_portal.web.errors import Refusal


@access(staff_of_some_cohort, methods=FORM)
def channels(request: HttpRequest, slug: str) -> HttpResponse:
    """The list of channels in its order; POST sets the order."""
    cohort = run_cohort(request, slug)
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
    cohort = run_cohort(request, slug)
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
    run_cohort(request, slug)
    found = get_object_or_404(Channel, code=code)
    try:
        remove_channel(channel=found, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, f"“{found.name}” is removed.")
    return redirect("outreach:channels", slug)
