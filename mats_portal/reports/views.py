"""Pages of reports. They read the latest snapshot and compute nothing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.policies import can_read_reports, staff_or_administrators
from mats_portal.cohorts.selectors import cohorts_visible_to
from mats_portal.jobs.selectors import unfinished_job
from mats_portal.reports.exports import FORMATS
from mats_portal.reports.forms import RemarkForm
from mats_portal.reports.models import Snapshot
from mats_portal.reports.selectors import compiled_report, compiled_reports, latest_snapshot, remarks_on
from mats_portal.reports.services import COMPILE, ask_for_snapshot, export_snapshot, remark_on_report
from mats_portal.reports.showing import shown
from mats_portal.web.access import ACT, FORM, access, reader, require
from mats_portal.web.errors import Refusal
from mats_portal.web.pages import keyset


def _cohort(request: HttpRequest, slug: str) -> Cohort:
    """The cohort, if this person may read its reports; it goes on the request for the frame."""
    cohort = get_object_or_404(cohorts_visible_to(request.user), slug=slug)
    require(can_read_reports(request.user, cohort))
    request.cohort = cohort  # type: ignore[attr-defined]
    return cohort


@access(staff_or_administrators)
def reports(request: HttpRequest, slug: str) -> HttpResponse:
    """The questions and their answers, of one moment; and the way to compile them anew."""
    cohort = _cohort(request, slug)
    snapshot = latest_snapshot(cohort)
    facts: dict[str, Any] = {
        "cohort": cohort,
        "snapshot": snapshot,
        "reports": compiled_reports(snapshot) if snapshot else [],
        "job": unfinished_job(COMPILE, cohort.slug),
        "formats": list(FORMATS),
    }
    return render(request, "reports/report_list.html", facts)


@access(staff_or_administrators, methods=FORM)
def report(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """One report: the question, its answer in words, the figures with their doubt, and what readers say of it."""
    cohort = _cohort(request, slug)
    snapshot = latest_snapshot(cohort)
    found = compiled_report(snapshot, name) if snapshot else None
    if snapshot is None or found is None:
        raise Http404
    form = RemarkForm(request.POST or None, initial={"digest": snapshot.digest})
    if request.method == "POST" and form.is_valid():
        remark_on_report(cohort=cohort, report=name, by=reader(request), **form.cleaned_data)
        messages.success(request, "Your remark stands below the report.")
        return redirect(reverse("reports:report", args=[cohort.slug, name]) + "#remarks")
    facts = {
        "cohort": cohort,
        "snapshot": snapshot,
        "report": shown(found),
        "formats": list(FORMATS),
        "form": form,
        "page": keyset(remarks_on(cohort, name), request, key=("-at", "-id"), size=20),
    }
    return render(request, "reports/report_detail.html", facts)


@access(staff_or_administrators, methods=ACT)
def compile(request: HttpRequest, slug: str) -> HttpResponse:  # noqa: A001 - the page's address
    """Compile the statistics now; leads to the job's page."""
    return redirect(ask_for_snapshot(cohort=_cohort(request, slug), by=request.user))


@access(staff_or_administrators)
def export(request: HttpRequest, slug: str, code: str, form: str) -> HttpResponse:
    """A snapshot as a file."""
    cohort = _cohort(request, slug)
    snapshot = get_object_or_404(Snapshot.objects.filter(cohort=cohort).select_related("cohort"), code=code)
    if form not in FORMATS:
        raise Http404
    try:
        file = export_snapshot(snapshot=snapshot, form=form, by=request.user)
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
        return redirect("reports:reports", cohort.slug)
    return HttpResponse(
        file.content,
        content_type=file.media_type,
        headers={"Content-Disposition": f'attachment; filename="{file.name}"', "X-Content-Type-Options": "nosniff"},
    )
