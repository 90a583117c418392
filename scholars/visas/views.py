"""The scholar's page, and the list and page of staff."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.policies import staff_of_some_cohort
from mats_portal.cohorts.selectors import own_cohorts
from mats_portal.cohorts.states import CohortRole
from mats_portal.web.access import FORM, access, reader, require, signed_in
from mats_portal.web.errors import Refusal
from scholars.models import Scholar
from scholars.visas.errors import VisaChanged
from scholars.visas.forms import StaffVisaForm, VisaForm
from scholars.visas.policies import can_keep_visa
from scholars.visas.selectors import row_of, scholars_with_visas_visible_to, start_of, visa_rows
from scholars.visas.services import keep_visa


@access(signed_in, methods=FORM)
def own(request: HttpRequest) -> HttpResponse:
    """Whether I need one, and how far it is; for whoever is in a programme now."""
    person = reader(request)
    found = scholars_with_visas_visible_to(person).filter(person_id=person.pk).first()
    if found is None:
        raise Http404
    return _page(request, found, VisaForm, "visas/own.html", "visas:own")


@access(staff_of_some_cohort)
def visas(request: HttpRequest, slug: str) -> HttpResponse:
    """Every scholar's, what is open first."""
    cohort = _cohort(request, slug)
    rows = visa_rows(request.user, cohort)
    start = start_of(cohort)
    facts = {
        "cohort": cohort,
        "rows": rows,
        "start": start,
        "waiting": sum(row.is_open for row in rows),
        "short": sum(row.is_short and row.is_open for row in rows),
        "days": (start - timezone.now()).days if start and start > timezone.now() else None,
    }
    return render(request, "visas/visa_list.html", facts)


@access(staff_of_some_cohort, methods=FORM)
def visa(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One scholar's, with the letter of invitation."""
    cohort = _cohort(request, slug)
    visible = scholars_with_visas_visible_to(request.user).filter(cohort=cohort).exclude(person_id=reader(request).pk)
    found = get_object_or_404(visible, code=code)
    return _page(request, found, StaffVisaForm, "visas/visa_form.html", "visas:visas", slug)


def _page(
    request: HttpRequest, found: Scholar, kind: type[VisaForm], template: str, after: str, *args: Any
) -> HttpResponse:
    """Show the form and keep what it says."""
    request.cohort = found.cohort  # type: ignore[attr-defined]
    start = start_of(found.cohort)
    row = row_of(found, start)
    form = kind(request.POST if request.method == "POST" else None, visa=row.visa)
    status = HTTPStatus.OK
    if request.method == "POST":
        require(can_keep_visa(request.user, found))
        status = HTTPStatus.BAD_REQUEST
        if form.is_valid():
            try:
                keep_visa(scholar=found, steps=form.steps(), by=request.user, seen=form.shown_at)
                messages.success(request, "Saved.")
                return redirect(after, *args)
            except VisaChanged as changed:
                messages.warning(request, changed.sentence)
                row = row_of(scholars_with_visas_visible_to(request.user).get(pk=found.pk), start)
                form, status = kind(visa=row.visa), HTTPStatus.CONFLICT
            except Refusal as refusal:
                form.add_error(None, refusal.sentence)
    facts = {"cohort": found.cohort, "scholar": found, "row": row, "start": start, "form": form}
    return render(request, template, facts, status=status)


def _cohort(request: HttpRequest, slug: str) -> Cohort:
    """The cohort, for its programme staff; 404 for anybody else."""
    found = next((one for one in own_cohorts(request.user, CohortRole.STAFF) if one.slug == slug), None)
    if found is None:
        raise Http404
    request.cohort = found  # type: ignore[attr-defined]
    return found
