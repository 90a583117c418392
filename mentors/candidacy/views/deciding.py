"""The list of candidacies for staff: seats asked and given, who is asked, and the decisions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.policies import staff_of_some_cohort
from mats_portal.web.access import ACT, FORM, access, reader, require
from mats_portal.web.errors import Refusal
from mats_portal.web.text import counted
from mentors.candidacy.errors import AskChanged, PlanChanged
from mentors.candidacy.forms import AskForm, CandidateForm, DecisionForm, RatingForm, SeatsForm
from mentors.candidacy.policies import can_decide_candidacies
from mentors.candidacy.selectors import (
    ask_plan,
    candidacy_rows,
    digest_of_decisions,
    experts_of,
    planned_decisions,
    seat_totals,
)
from mentors.candidacy.services import ask_experts, invite_candidate, plan_decision, plan_seats, send_decisions
from mentors.candidacy.states import CandidacyState
from mentors.candidacy.views.door import run_cohort
from mentors.candidacy.views.rating import found_candidacy, show


@access(staff_of_some_cohort, methods=FORM)
def candidacies(request: HttpRequest, slug: str) -> HttpResponse:
    """Every candidacy with its ratings and seats; the seats are written down here."""
    cohort = run_cohort(request, slug)
    rows = candidacy_rows(request.user, cohort)
    waiting = [row.candidacy for row in rows if row.candidacy.state == CandidacyState.SENT]
    form = SeatsForm(request.POST if request.method == "POST" else None, candidacies=waiting)
    if request.method == "POST" and form.is_valid():
        changed = plan_seats(cohort=cohort, seats=form.seats, by=request.user)
        messages.success(request, f"{counted(changed, 'decision', 'decisions')} written down. Nobody is told yet.")
        return redirect("candidacy:candidacies", slug)
    fields = {code: form[f"seats_{code}"] for code in form.codes}
    context = {
        "cohort": cohort,
        "rows": [(row, fields.get(row.candidacy.code)) for row in rows],
        "form": form,
        "totals": seat_totals(cohort),
    }
    return render(request, "candidacy/candidacy_list.html", context)


@access(staff_of_some_cohort, methods=FORM)
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask experts: a GET with choices previews who gets what, a POST asks as previewed."""
    cohort = run_cohort(request, slug)
    people = experts_of(cohort)
    sent = request.POST if request.method == "POST" else request.GET if "opinions" in request.GET else None
    form = AskForm(sent, people=people, initial={"experts": [person.code for person in people]})
    if request.method == "POST" and form.is_valid() and _asked(request, cohort, form):
        return redirect("candidacy:candidacies", slug)
    plan = ask_plan(cohort, **form.cleaned_data) if form.is_bound and form.is_valid() else None
    return render(request, "candidacy/candidacy_ask.html", {"cohort": cohort, "form": form, "plan": plan})


def _asked(request: HttpRequest, cohort: Cohort, form: AskForm) -> bool:
    facts: dict[str, Any] = form.cleaned_data
    try:
        count = ask_experts(cohort=cohort, digest=request.POST.get("digest", ""), by=reader(request), **facts)
    except AskChanged as changed:
        messages.warning(request, changed.sentence)
        return False
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        return False
    messages.success(request, f"{counted(count, 'rating', 'ratings')} asked for; letters are on their way.")
    return True


@access(staff_of_some_cohort, methods=FORM)
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask somebody by letter whether they would mentor."""
    cohort = run_cohort(request, slug)
    form = CandidateForm(request.POST or None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        invitation = invite_candidate(cohort=cohort, by=reader(request), **form.cleaned_data)
        messages.success(request, f"A letter is on its way to {invitation.email}.")
        return redirect("candidacy:candidacies", slug)
    return render(request, "candidacy/candidacy_invite.html", {"cohort": cohort, "form": form})


@access(staff_of_some_cohort, methods=ACT)
def decision(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Write down the decision on one candidacy; nobody is told yet."""
    cohort = run_cohort(request, slug)
    found = found_candidacy(request, cohort, code)
    require(can_decide_candidacies(request.user, cohort))
    form = DecisionForm(request.POST, label_suffix="")
    if form.is_valid():
        try:
            plan_decision(candidacy=found, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "Written down. Nobody is told before the decisions are sent.")
            return redirect("candidacy:candidacies", slug)
    return show(request, found, rating_form=RatingForm(), decision_form=form)


@access(staff_of_some_cohort, methods=FORM)
def decisions(request: HttpRequest, slug: str) -> HttpResponse:
    """What would be sent, to whom; then send it to everybody at once."""
    cohort = run_cohort(request, slug)
    refusal = ""
    if request.method == "POST":
        try:
            deed = send_decisions(cohort=cohort, digest=request.POST.get("digest", ""), by=reader(request))
        except PlanChanged as changed:
            messages.warning(request, changed.sentence)
        except Refusal as refused:
            refusal = refused.sentence
        else:
            words = '{} <a href="{}">Undo</a>'
            messages.success(request, format_html(words, deed.sentence, deed.get_absolute_url()))
            return redirect("candidacy:candidacies", slug)
    planned = planned_decisions(request.user, cohort)
    context = {
        "cohort": cohort,
        "accepted": [one for one in planned if one.seats_given],
        "declined": [one for one in planned if not one.seats_given],
        "digest": digest_of_decisions(planned),
        "totals": seat_totals(cohort),
        "refusal": refusal,
    }
    return render(request, "candidacy/candidacy_decisions.html", context)
