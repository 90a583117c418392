"""Applications that look like two of one person: compare, join with a preview, or keep apart."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html

from applications.models import Application
from applications.selectors import applications_visible_to, references_of
from applications.selectors.duplicates import duplicates_in
from applications.services.duplicates import join_applications, keep_apart, separate_application
from applications.views.table import run_by_reader
from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.policies import staff_of_some_cohort
from mats_portal.web.access import ACT, FORM, access, reader
from mats_portal.web.errors import Refusal


@access(staff_of_some_cohort)
def duplicates(request: HttpRequest, slug: str) -> HttpResponse:
    """The pairs that look alike, with what is alike; and what was set aside."""
    cohort = run_by_reader(request, slug)
    aside = applications_visible_to(request.user).in_cohort(cohort).filter(joined_to__isnull=False, state="withdrawn")
    context = {
        "cohort": cohort,
        "pairs": duplicates_in(cohort, request.user),
        "aside": aside.select_related("person", "joined_to__person").order_by("-withdrawn_at", "-id")[:200],
    }
    return render(request, "applications/duplicate_list.html", context)


@access(staff_of_some_cohort, methods=FORM)
def pair(request: HttpRequest, slug: str, first: str, second: str) -> HttpResponse:
    """Two applications side by side, and what joining them would do."""
    cohort = run_by_reader(request, slug)
    one, two = _standing(request, cohort, first), _standing(request, cohort, second)
    if one.pk == two.pk:
        raise Http404
    status = HTTPStatus.OK
    if request.method == "POST":
        try:
            return _act(request, slug, one, two)
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
            status = HTTPStatus.CONFLICT
    sides = [(side, references_of(side)) for side in (one, two)]
    return render(request, "applications/duplicate_pair.html", {"cohort": cohort, "sides": sides}, status=status)


@access(staff_of_some_cohort, methods=ACT)
def separate(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Take back that an application was set aside."""
    cohort = run_by_reader(request, slug)
    found = get_object_or_404(applications_visible_to(request.user).in_cohort(cohort), code=code)
    try:
        separate_application(application=found, by=reader(request))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, f"The application of {found.person} stands as before.")
    return redirect("applications:duplicates", slug)


def _act(request: HttpRequest, slug: str, one: Application, two: Application) -> HttpResponse:
    """Join, keeping the one chosen; or keep both apart."""
    kept = request.POST.get("keep")
    if kept == "both":
        keep_apart(first=one, second=two, by=reader(request))
        messages.success(request, "They are of two people, then. The pair is not shown again.")
    elif kept in (one.code, two.code):
        keep, other = (one, two) if kept == one.code else (two, one)
        deed = join_applications(keep=keep, other=other, by=reader(request))
        words = '{} <a href="{}">Undo</a>'
        messages.success(request, format_html(words, deed.sentence, deed.get_absolute_url()))
    else:
        messages.error(request, "Choose which of the two is read, or say that they are of two people.")
        return redirect("applications:pair", slug, one.code, two.code)
    return redirect("applications:duplicates", slug)


def _standing(request: HttpRequest, cohort: Cohort, code: str) -> Application:
    visible = applications_visible_to(request.user).in_cohort(cohort).filter(state__in=("draft", "submitted"))
    return get_object_or_404(visible.select_related("person", "cohort"), code=code)
