"""Releases: prepared by one of the staff, confirmed by another, held, sent."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.policies import staff_of_some_cohort
from mats_portal.cohorts.selectors import members_of
from mats_portal.cohorts.states import CohortRole
from mats_portal.people.confirming import ask_who_is_there, has_confirmed_lately
from mats_portal.web.access import ACT, FORM, access, require
from mats_portal.web.errors import Refusal
from mats_portal.web.pages import keyset
from mentors.models import Release
from mentors.policies import can_offer
from mentors.release_forms import CountForm, NoteForm, PrepareForm, WordingForm, wording_forms
from mentors.selectors.expecting import short_lead
from mentors.selectors.releases import (
    UNDER_WAY,
    counts_for,
    counts_of_kinds,
    decisions_visible_to,
    gaps_in_words,
    proposals,
    said_in,
)
from mentors.services import (
    confirm_release,
    note_decision,
    prepare_release,
    renew_release,
    stop_release,
    word_release,
)
from mentors.services import leave_out as leave_out_decision
from mentors.services.confirming import letter_of
from mentors.states import DecisionKind, ReleaseState
from mentors.views.door import run_cohort


@access(staff_of_some_cohort, methods=FORM)
def releases(request: HttpRequest, slug: str) -> HttpResponse:
    """What could be told now, and every release so far; preparing the next."""
    cohort = run_cohort(request, slug)
    found = list(Release.objects.filter(cohort=cohort).select_related("cohort", "prepared_by", "confirmed_by"))
    counts = counts_of_kinds(proposals(cohort))
    form = PrepareForm(request.POST or None, counts=counts)
    status = HTTPStatus.OK
    if request.method == "POST":
        require(can_offer(request.user, cohort))
        if form.is_valid():
            try:
                made = prepare_release(
                    cohort=cohort, kinds=form.kinds(), close_reserve=form.closes_reserve(), by=request.user
                )
                return redirect(made)
            except Refusal as refusal:
                form.add_error(None, refusal.sentence)
        status = HTTPStatus.BAD_REQUEST
    under_way = next((one for one in found if one.state in UNDER_WAY), None)
    facts = {"cohort": cohort, "form": form, "releases": found, "under_way": under_way, "total": counts.total()}
    return render(request, "mentors/release_list.html", facts, status=status)


def _release(cohort: Cohort, code: str) -> Release:
    related = Release.objects.select_related("cohort", "round__cohort", "prepared_by", "confirmed_by", "ended_by")
    return get_object_or_404(related, cohort=cohort, code=code)


@access(staff_of_some_cohort)
def release(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One release: what it says to whom, what is missing, and what can be done with it."""
    found = _release(run_cohort(request, slug), code)
    return _show(request, found)


def _show(
    request: HttpRequest, found: Release, *, words: list[WordingForm] | None = None, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    visible = decisions_visible_to(request.user, found)
    kind = request.GET.get("kind", "")
    rows = visible.filter(kind=kind) if kind in DecisionKind.values else visible
    counts, hidden = counts_for(request.user, found)
    is_draft = found.state == ReleaseState.DRAFT
    tells_offers = DecisionKind.OFFER in counts and found.state in UNDER_WAY
    facts = {
        "release": found,
        "cohort": found.cohort,
        "page": keyset(rows, request, key=("kind", "application__person__name", "pk")),
        "kind": kind,
        "counts": list(counts.items()),
        "total": sum(counts.values()),
        "hidden": hidden,
        "gaps": gaps_in_words(said_in(found)) if is_draft else [],
        "words": words or (wording_forms(found) if is_draft else []),
        "short_lead": short_lead(found.cohort, timezone.now()) if tells_offers else None,
        "is_draft": is_draft,
        "is_holding": found.state == ReleaseState.HOLDING,
        "is_own": found.prepared_by_id == request.user.pk,
        "others": [one for one in members_of(found.cohort, CohortRole.STAFF) if one.pk != found.prepared_by_id],
    }
    return render(request, "mentors/release_detail.html", facts, status=status)


@access(staff_of_some_cohort, methods=ACT)
def word(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Save what the release says to each group."""
    cohort = run_cohort(request, slug)
    require(can_offer(request.user, cohort))
    found = _release(cohort, code)
    forms = wording_forms(found, request.POST)
    checked = [form.is_valid() for form in forms]  # All of them, so that each shows its own errors.
    if not all(checked):
        return _show(request, found, words=forms, status=HTTPStatus.BAD_REQUEST)
    try:
        word_release(release=found, wordings={form.words: form.wording() for form in forms}, by=request.user)
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
        return _show(request, _release(cohort, code), words=forms, status=HTTPStatus.CONFLICT)
    messages.success(request, "Saved. Read a letter or two as their readers will.")
    return redirect(found)


@access(staff_of_some_cohort, methods=FORM)
def confirm(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """The second person's yes: who they are, how many letters, and ten minutes until they go."""
    cohort = run_cohort(request, slug)
    require(can_offer(request.user, cohort))
    found = _release(cohort, code)
    if not has_confirmed_lately(request):
        return ask_who_is_there(request, reverse("mentors:confirm", args=[slug, code]))
    form = CountForm(request.POST or None, label_suffix="")
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.BAD_REQUEST
        if form.is_valid():
            try:
                confirm_release(release=found, typed_count=form.cleaned_data["count"], by=request.user)
                messages.success(request, "Confirmed. Nobody has been told yet: it goes out in ten minutes.")
                return redirect(found)
            except Refusal as refusal:
                form.add_error("count", refusal.sentence)
                status = HTTPStatus.CONFLICT
    counts, _ = counts_for(request.user, found)
    facts = {"release": found, "cohort": cohort, "form": form, "counts": list(counts.items())}
    return render(request, "mentors/release_confirm.html", facts, status=status)


@access(staff_of_some_cohort, methods=ACT)
def stop(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Take a release back before it went out."""
    cohort = run_cohort(request, slug)
    require(can_offer(request.user, cohort))
    found = _release(cohort, code)
    try:
        stop_release(release=found, by=request.user)
        messages.success(request, "Stopped. Nobody was told anything, and every decision is as it was.")
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    return redirect(found)


@access(staff_of_some_cohort, methods=ACT)
def renew(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Prepare the same kinds again from what is true now."""
    cohort = run_cohort(request, slug)
    require(can_offer(request.user, cohort))
    found = _release(cohort, code)
    try:
        made = renew_release(release=found, by=request.user)
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
        return redirect(_release(cohort, code))
    messages.success(request, "Prepared from what is true now. Words and notes were taken over.")
    return redirect(made)


@access(staff_of_some_cohort, methods=FORM)
def decision(request: HttpRequest, slug: str, code: str, decision: str) -> HttpResponse:
    """One letter as its reader gets it, with the note that is for them alone."""
    cohort = run_cohort(request, slug)
    made = _release(cohort, code)
    found = get_object_or_404(decisions_visible_to(request.user, made), code=decision)
    form = NoteForm(request.POST if request.method == "POST" else None, initial={"note": found.note})
    status = HTTPStatus.OK
    if request.method == "POST":
        require(can_offer(request.user, cohort))
        if form.is_valid():
            try:
                note_decision(decision=found, note=form.cleaned_data["note"], by=request.user)
                messages.success(request, "Saved. This is the letter now.")
                return redirect(found)
            except Refusal as refusal:
                form.add_error(None, refusal.sentence)
        status = HTTPStatus.BAD_REQUEST
    facts = {"decision": found, "release": made, "cohort": cohort, "letter": letter_of(found), "form": form}
    facts["is_draft"] = made.state == ReleaseState.DRAFT
    return render(request, "mentors/decision_detail.html", facts, status=status)


@access(staff_of_some_cohort, methods=ACT)
def leave_out(request: HttpRequest, slug: str, code: str, decision: str) -> HttpResponse:
    """Take one decision out of a draft."""
    cohort = run_cohort(request, slug)
    require(can_offer(request.user, cohort))
    made = _release(cohort, code)
    found = get_object_or_404(decisions_visible_to(request.user, made), code=decision)
    try:
        leave_out_decision(decision=found, by=request.user)
        messages.success(request, f"{found.application.person} is left out. Nothing is told, and nothing changed.")
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    return redirect(made)
