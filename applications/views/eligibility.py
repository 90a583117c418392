"""The questions before the form: a person answers them, and staff see whom they stopped."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from applications.errors import QuestionsMissing
from applications.forms import AskForm, LetThroughForm
from applications.policies import can_apply, can_list_applications
from applications.reading import for_reading
from applications.selectors import window_of
from applications.selectors.eligibility import checks_of, gate_for, stops_of
from applications.services.eligibility import answer_eligibility, ask_to_be_let_through, let_through
from applications.snapshot import Asked, assemble
from applications.views.common import visible_cohort
from mats_portal.cohorts.policies import staff_of_some_cohort
from mats_portal.questionnaires.answering import AnswersForm
from mats_portal.questionnaires.fields import SEEN_BY
from mats_portal.questionnaires.selectors import answers_of, questions_of
from mats_portal.questionnaires.states import Audience
from mats_portal.web.access import ACT, FORM, access, reader, require, signed_in
from mats_portal.web.errors import Refusal
from mats_portal.web.pages import keyset

STAFF_ALONE = SEEN_BY[Audience.STAFF]


@access(signed_in, methods=FORM)
def eligibility(request: HttpRequest, slug: str) -> HttpResponse:
    """The questions; once they stopped somebody: why, and whom to ask."""
    cohort = visible_cohort(request, slug)
    require(can_apply(request.user, cohort))
    gate = gate_for(request.user, cohort)
    if gate is None:
        raise Http404
    sheet = gate.check.sheet if gate.check else None
    answers = answers_of(sheet) if sheet else {}
    revision, asked = sheet.revision if sheet else 0, questions_of(gate.version)
    form = AnswersForm(asked, answers, revision, readers=STAFF_ALONE, data=request.POST or None)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            try:
                check = answer_eligibility(cohort=cohort, values=form.values, by=request.user)
            except QuestionsMissing as missing:
                for problem in missing.problems:
                    form.add_error(f"q_{problem.question.key}", problem.sentence)
            except Refusal as refusal:
                form.add_error(None, refusal.sentence)
            else:
                if check.may_apply:
                    messages.success(request, "You can apply. Start whenever you like.")
                    return redirect("applications:apply", slug)
                return redirect("applications:eligibility", slug)
    context = {
        "cohort": cohort,
        "gate": gate,
        "form": form,
        "stops": stops_of(gate.check) if gate.check and not gate.may_apply else [],
        "ask": AskForm(initial={"words": gate.check.words if gate.check else ""}),
        "window": window_of(cohort, request.user),
    }
    return render(request, "applications/eligibility_form.html", context, status=status)


@access(signed_in, methods=ACT)
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask staff to look at it."""
    cohort = visible_cohort(request, slug)
    require(can_apply(request.user, cohort))
    gate = gate_for(request.user, cohort)
    if gate is None or gate.check is None:
        raise Http404
    form = AskForm(request.POST)
    if form.is_valid():
        try:
            ask_to_be_let_through(check=gate.check, words=form.cleaned_data["words"], by=request.user)
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, "Sent. Programme staff look at it and answer by mail.")
    else:
        messages.error(request, "Write at most 2,000 characters.")
    return redirect("applications:eligibility", slug)


@access(staff_of_some_cohort)
def checks(request: HttpRequest, slug: str) -> HttpResponse:
    """Whom the eligibility questions stopped, who asked to be let through, and who was."""
    cohort = visible_cohort(request, slug)
    require(can_list_applications(request.user, cohort))
    page = keyset(checks_of(cohort), request, key=("-checked_at", "-id"))
    return render(request, "applications/eligibility_list.html", {"cohort": cohort, "page": page})


@access(staff_of_some_cohort, methods=FORM)
def check(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """What was answered and why it stopped; POST lets the person through."""
    cohort = visible_cohort(request, slug)
    require(can_list_applications(request.user, cohort))
    found = get_object_or_404(checks_of(cohort).select_related("sheet__version", "cohort"), code=code)
    form = LetThroughForm(request.POST or None)
    status = HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        try:
            let_through(check=found, reason=form.cleaned_data["reason"], by=reader(request))
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
            status = HTTPStatus.CONFLICT
        else:
            messages.success(request, f"{found.person} can apply, and has a letter that says so.")
            return redirect("applications:eligibility_checks", slug)
    answered = assemble([], [Asked.of(found.sheet, {found.sheet.pk: answers_of(found.sheet)})])["parts"]
    context = {"cohort": cohort, "check": found, "stops": stops_of(found), "parts": for_reading(answered), "form": form}
    return render(request, "applications/eligibility_detail.html", context, status=status)
