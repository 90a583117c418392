"""The dates of a cohort, and more time for one person or one stream."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from mats_portal.cohorts import services
from mats_portal.cohorts.changes import changes_between
from mats_portal.cohorts.dashboard import STAFF_PATH
from mats_portal.cohorts.date_forms import DatesForm, ExtensionForm
from mats_portal.cohorts.deadlines import zone_words
from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.policies import (
    can_run_cohort,
    can_set_up_cohort,
    staff_of_some_cohort,
    staff_or_administrators,
)
from mats_portal.cohorts.proposals import order_warnings
from mats_portal.cohorts.selectors import dates_of, extensions_in, grace_in, path_of
from mats_portal.cohorts.states import MilestoneKind
from mats_portal.cohorts.views import cohort_for
from mats_portal.web.access import FORM, access, reader
from mats_portal.web.errors import Refusal


@access(staff_or_administrators, methods=FORM)
def dates(request: HttpRequest, slug: str) -> HttpResponse:
    """All milestones in one form: look at what would change, then save."""
    cohort = cohort_for(request, slug, can_set_up_cohort)
    before = dates_of(cohort)
    form = DatesForm(request.POST or None, cohort=cohort, initial=_shown(cohort, before))
    context = {
        "cohort": cohort,
        "form": form,
        "changes": None,
        "steps": path_of(cohort, STAFF_PATH),
        "asks_to_confirm": False,
        "zone_sentence": f"In the official time of {cohort}: {zone_words(cohort.zone)}. 23:59 is the end of the day.",
    }
    if request.method == "POST" and form.is_valid():
        after = {kind: at for kind, at in form.dates.items() if at is not None}
        if request.POST.get("act") == "look":
            context |= {"changes": changes_between(before, after, cohort.zone), "warnings": order_warnings(after)}
            return render(request, "cohorts/dates.html", context)
        try:
            changed = services.set_milestones(
                cohort=cohort,
                dates=form.dates,
                by=reader(request),
                is_shortening_confirmed=form.cleaned_data["is_shortening_confirmed"],
                grace=form.grace,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
            context["asks_to_confirm"] = isinstance(refusal, services.DeadlineShortened)
        else:
            _tell(request, len(changed), order_warnings(after))
            return redirect("cohorts:dates", slug)
    return render(request, "cohorts/dates.html", context)


def _shown(cohort: Cohort, dates: Mapping[MilestoneKind, datetime]) -> dict[str, Any]:
    grace = {f"{kind}_grace": minutes for kind, minutes in grace_in(cohort).items()}
    return {kind.value: at for kind, at in dates.items()} | grace


@access(staff_of_some_cohort, methods=FORM)
def extensions(request: HttpRequest, slug: str) -> HttpResponse:
    """Who has more time for what, and a form to give it."""
    cohort = cohort_for(request, slug, can_run_cohort)
    form = ExtensionForm(request.POST or None, cohort=cohort)
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        person = facts.pop("email")
        try:
            given = services.give_extension(cohort=cohort, person=person, by=reader(request), **facts)
        except Refusal as refusal:
            form.add_error("at", refusal.sentence)
        else:
            whose = f"{person} has" if person else f"Those of {given.stream} have"
            messages.success(request, f"{whose} more time. The letters are on their way.")
            return redirect("cohorts:extensions", slug)
    context = {"cohort": cohort, "form": form, "extensions": extensions_in(cohort)}
    return render(request, "cohorts/extensions.html", context)


def _tell(request: HttpRequest, changed: int, warnings: list[str]) -> None:
    words = {0: "Nothing had changed.", 1: "One date changed."}.get(changed, f"{changed} dates changed.")
    messages.success(request, words)
    for warning in warnings:
        messages.warning(request, warning)
