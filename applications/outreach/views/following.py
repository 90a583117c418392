"""What staff do to be heard of, and with whom was recommended."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from applications.outreach import services
from applications.outreach.forms import ActionForm, LinkForm
from applications.outreach.models import Action, Recommendation
from applications.outreach.selectors import actions_of, links_of, recommendations_of
from applications.outreach.states import Target
from applications.outreach.views.common import run_cohort
from mats_portal.cohorts.policies import staff_of_some_cohort
from mats_portal.web.access import ACT, FORM, access
from mats_portal.web.errors import Refusal
from mats_portal.web.links import absolute
from mats_portal.web.pages import keyset


@access(staff_of_some_cohort)
def recommendations(request: HttpRequest, slug: str) -> HttpResponse:
    """Who was recommended, by whom and why, and what became of it."""
    cohort = run_cohort(request, slug)
    page = keyset(recommendations_of(cohort), request, key=("-at", "-id"))
    return render(request, "outreach/recommendation_list.html", {"cohort": cohort, "page": page})


@access(staff_of_some_cohort, methods=ACT)
def contact(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Write to who was recommended."""
    cohort = run_cohort(request, slug)
    found = get_object_or_404(Recommendation.objects.select_related("cohort"), cohort=cohort, code=code)
    try:
        services.contact_recommended(recommendation=found, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, f"A letter to {found.name} is on its way.")
    return redirect("outreach:recommendations", slug)


@access(staff_of_some_cohort, methods=FORM)
def actions(request: HttpRequest, slug: str) -> HttpResponse:
    """The log of what was done; POST adds to it."""
    cohort = run_cohort(request, slug)
    form = ActionForm(request.POST or None, links=links_of(cohort))
    status = HTTPStatus.OK
    if request.method == "POST":
        if form.is_valid():
            services.log_action(cohort=cohort, deed=form.deed, by=request.user)
            messages.success(request, "It is in the log, and on the arrivals chart.")
            return redirect("outreach:actions", slug)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    context = {"cohort": cohort, "form": form, "actions": actions_of(cohort)}
    return render(request, "outreach/action_list.html", context, status=status)


@access(staff_of_some_cohort, methods=ACT)
def remove_action(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Take out of the log what was not done so."""
    cohort = run_cohort(request, slug)
    found = get_object_or_404(Action.objects.select_related("channel", "cohort"), cohort=cohort, code=code)
    services.remove_action(action=found, by=request.user)
    messages.success(request, "It is no longer in the log.")
    return redirect("outreach:actions", slug)


@access(staff_of_some_cohort, methods=FORM)
def links(request: HttpRequest, slug: str) -> HttpResponse:
    """The tracked links with their visits; POST makes one."""
    cohort = run_cohort(request, slug)
    form = LinkForm(request.POST or None)
    status = HTTPStatus.OK
    if request.method == "POST":
        if form.is_valid():
            given = form.cleaned_data | {"target": Target(form.cleaned_data["target"])}
            services.make_link(cohort=cohort, by=request.user, **given)
            messages.success(request, "The link is ready. Copy it from the list.")
            return redirect("outreach:links", slug)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    rows = [(link, absolute(link.get_absolute_url())) for link in links_of(cohort)]
    context = {"cohort": cohort, "form": form, "rows": rows}
    return render(request, "outreach/link_list.html", context, status=status)
