"""Do something to many applications: choose, read what it would do, confirm; undo for ten minutes."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html

from applications.forms import BulkForm
from applications.models import ApplicationQuerySet, Label
from applications.selectors import applications_visible_to
from applications.selectors.bulk import Chosen, chosen, labels_of
from applications.services.bulk import label_applications, remind_drafts, unlabel_applications
from applications.views.table import download, narrowed, run_by_reader
from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.policies import staff_of_some_cohort
from mats_portal.journal.models import Deed
from mats_portal.web.access import ACT, access, reader
from mats_portal.web.errors import Refusal

MOST_PICKED = 200  # boxes of one page
ACTS = {"label": "Label", "unlabel": "Take a label away", "remind": "Remind of the draft", "export": "Export"}


@access(staff_of_some_cohort, methods=ACT)
def bulk(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The preview of a bulk action; with `confirm`, the action itself."""
    cohort = run_by_reader(request, slug)
    list_url = f"{reverse('applications:applications', args=[slug])}?{request.GET.urlencode()}"
    act, found = request.POST.get("act", ""), _picked(request, cohort)
    if act not in ACTS:
        messages.error(request, "Choose what to do with the applications that you ticked.")
        return redirect(list_url)
    if act == "export":
        return download(request, cohort, found)
    labels = labels_of(cohort)
    count, status = found.count(), HTTPStatus.OK
    given = request.POST if request.POST.get("confirm") else None
    known = [(label.code, label.name) for label in labels]
    form = BulkForm(given, act=act, labels=known, count=count, initial={"expected": count})
    if given is not None:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            try:
                deed = _do(act, cohort, labels, found, form.cleaned_data, reader(request))
            except Refusal as refusal:
                form = BulkForm(None, act=act, labels=known, count=count, initial=request.POST | {"expected": count})
                status = HTTPStatus.CONFLICT
                messages.error(request, refusal.sentence)
            else:
                words = '{} <a href="{}">Undo</a>'
                messages.success(request, format_html(words, deed.sentence, deed.get_absolute_url()))
                return redirect(list_url)
    context = _preview(request, act, chosen(found, act)) | {"cohort": cohort, "form": form, "labels": labels}
    return render(request, "applications/bulk_form.html", context | {"list_url": list_url}, status=status)


def _picked(request: HttpRequest, cohort: Cohort) -> ApplicationQuerySet:
    if request.POST.get("all"):
        return narrowed(request, cohort)
    codes = request.POST.getlist("pick")[:MOST_PICKED]
    return applications_visible_to(request.user).in_cohort(cohort).filter(code__in=codes)


def _do(
    act: str, cohort: Cohort, labels: list[Label], found: ApplicationQuerySet, given: dict[str, Any], by: Any
) -> Deed:
    if act == "remind":
        return remind_drafts(cohort=cohort, applications=found, expected=given["expected"], by=by)
    if act == "label":
        name = given["name"]
        return label_applications(cohort=cohort, applications=found, name=name, expected=given["expected"], by=by)
    label = next(one for one in labels if one.code == given["label"])
    return unlabel_applications(label=label, applications=found, expected=given["expected"], by=by)


def _preview(request: HttpRequest, act: str, seen: Chosen) -> dict[str, object]:
    return {
        "act": act,
        "title": ACTS[act],
        "seen": seen,
        "is_all": bool(request.POST.get("all")),
        "picked": request.POST.getlist("pick")[:MOST_PICKED],
        "others": seen.concerned - len(seen.names),
    }
