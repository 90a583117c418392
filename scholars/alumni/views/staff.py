"""The alumni of a cohort, and what staff know of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from mats_portal.cohorts.selectors import cohorts_run_by
from mats_portal.web.access import FORM, access, require, signed_in
from mats_portal.web.errors import Refusal
from mats_portal.web.pages import keyset
from scholars.alumni.forms import RecordForm
from scholars.alumni.policies import alumni_visible_to, can_record_outcome
from scholars.alumni.selectors import counts_by_method, history_of, with_latest
from scholars.alumni.services import record_outcome
from scholars.alumni.states import Method


@access(signed_in)
def alumni(request: Any, slug: str) -> HttpResponse:
    """Everybody who finished, with what each method last knew."""
    cohort = get_object_or_404(cohorts_run_by(request.user), slug=slug)
    request.cohort = cohort
    page = keyset(alumni_visible_to(request.user).filter(cohort=cohort), request, key=("person__name", "pk"))
    counts = counts_by_method(cohort)
    total = counts[0].alumni
    context = {
        "cohort": cohort,
        "heading": f"{total} have finished"
        if total > 1
        else "One has finished"
        if total
        else "Nobody has finished yet",
        "page": page,
        "rows": [(known, [known.by_method.get(method) for method in Method]) for known in with_latest(page.items)],
        "methods": list(Method),
        "counts": counts,
    }
    return render(request, "alumni/alumni_list.html", context)


@access(signed_in, methods=FORM)
def record(request: Any, slug: str, code: str) -> HttpResponse:
    """One person's outcomes, and the form to add what staff know."""
    scholar = get_object_or_404(alumni_visible_to(request.user), cohort__slug=slug, code=code)
    request.cohort = scholar.cohort
    require(can_record_outcome(request.user, scholar))
    form = RecordForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            record_outcome(
                scholar=scholar,
                doing=form.doing(),
                method=Method(given["method"]),
                form_key=given["form_key"],
                by=request.user,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, f"Kept beside what was known of {scholar} before.")
            return redirect("alumni:record", slug, code)
    context = {
        "scholar": scholar,
        "cohort": scholar.cohort,
        "form": form,
        "history": history_of(scholar.person, scholar.cohort),
    }
    return render(request, "alumni/outcome_record.html", context)
