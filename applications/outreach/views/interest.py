"""The public interest form, and what staff see of it."""

from __future__ import annotations

from http import HTTPStatus

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from applications.outreach.charting import interest_chart
from applications.outreach.forms import InterestForm
from applications.outreach.selectors import actions_of, arrivals, heard, is_open
from applications.outreach.services import leave_interest
from applications.outreach.views.common import remembered_channel, run_cohort, visible_cohort
from mats_portal.cohorts.policies import staff_of_some_cohort
from mats_portal.reports.statistics import Share
from mats_portal.web.access import FORM, access, everyone
from mats_portal.web.components.charts import Bar
from mats_portal.web.errors import Refusal
from mats_portal.web.limits import is_within

MOST_AN_HOUR = 30


@access(everyone, methods=FORM)
def interest(request: HttpRequest, slug: str) -> HttpResponse:
    """Leave an address and say how you heard."""
    cohort = visible_cohort(request, slug)
    came_by = remembered_channel(request, cohort)
    form = InterestForm(request.POST or None, initial={"channels": [came_by.code]} if came_by else None)
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
    return render(request, "outreach/interest_thanks.html", {"cohort": visible_cohort(request, slug)})


@access(staff_of_some_cohort)
def outreach(request: HttpRequest, slug: str) -> HttpResponse:
    """How people heard of the cohort, and when they came."""
    cohort = run_cohort(request, slug)
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
    context = {
        "cohort": cohort,
        "heard": told,
        "bars": bars,
        "chart": interest_chart(arrivals(cohort), actions_of(cohort)),
    }
    return render(request, "outreach/interest_list.html", context)


def _words(share: Share) -> str:
    if share.low is None or share.high is None:
        return ""
    return f"{100 * share.k / share.n:.0f} % ({100 * share.low:.0f} to {100 * share.high:.0f})"
