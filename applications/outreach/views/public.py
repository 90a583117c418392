"""Recommend somebody; come by a link."""

from __future__ import annotations

from http import HTTPStatus

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from applications.outreach.forms import RecommendationForm
from applications.outreach.models import Link
from applications.outreach.selectors import CAME_BY, is_open
from applications.outreach.services import count_visit
from applications.outreach.services import recommend as keep_recommendation
from applications.outreach.states import Target
from applications.outreach.views.common import visible_cohort
from mats_portal.cohorts.selectors import cohorts_visible_to
from mats_portal.web.access import FORM, access, everyone
from mats_portal.web.errors import Refusal
from mats_portal.web.limits import is_within

MOST_AN_HOUR = 10
PAGES = {Target.COHORT: "cohorts:cohort", Target.INTEREST: "outreach:interest", Target.APPLY: "applications:apply"}


@access(everyone, methods=FORM)
def recommend(request: HttpRequest, slug: str) -> HttpResponse:
    """Name a person who might apply."""
    cohort = visible_cohort(request, slug)
    form = RecommendationForm(request.POST or None, label_suffix="")
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        place = get_adapter().get_client_ip(request)
        if not is_within(f"recommend:{place}", most=MOST_AN_HOUR, seconds=3600):
            form.add_error(None, "Many forms came from your network in the last hour. Please try again in an hour.")
            status = HTTPStatus.TOO_MANY_REQUESTS
        elif form.is_valid():
            try:
                keep_recommendation(cohort=cohort, named=form.named)
            except Refusal as refusal:
                form.add_error(None, refusal.sentence)
            else:
                return redirect("outreach:recommended", slug)
    context = {"cohort": cohort, "form": form, "is_open": is_open(cohort)}
    return render(request, "outreach/recommendation_form.html", context, status=status)


@access(everyone)
def recommended(request: HttpRequest, slug: str) -> HttpResponse:
    """After the form: what happens next."""
    return render(request, "outreach/recommendation_thanks.html", {"cohort": visible_cohort(request, slug)})


@access(everyone)
def go(request: HttpRequest, code: str) -> HttpResponse:
    """Follow a tracked link: count it, remember the channel in this visitor's session, and lead on.

    A look ahead by the browser, and HEAD, are not counted.
    """
    cohorts = cohorts_visible_to(request.user)
    link = get_object_or_404(Link.objects.filter(cohort__in=cohorts).select_related("cohort", "channel"), code=code)
    if request.method == "GET" and "prefetch" not in request.headers.get("Sec-Purpose", ""):
        count_visit(link=link)
        known = dict(request.session.get(CAME_BY) or {})
        request.session[CAME_BY] = known | {link.cohort.slug: link.channel.code}
    answer = redirect(PAGES[Target(link.target)], link.cohort.slug)
    answer["X-Robots-Tag"] = "noindex"
    return answer
