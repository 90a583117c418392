"""The scholar's side: the draft, reading it through, submitting it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from mats_portal.web.access import FORM, access, require, signed_in
from mats_portal.web.errors import Refusal
from research_plans.content import missing
from research_plans.forms import PlanForms, SubmitForm
from research_plans.models import ResearchPlan
from research_plans.policies import can_write_plan
from research_plans.selectors import draft_of, plan_row
from research_plans.services import StalePlan, save_plan, start_plan, submit_plan
from research_plans.states import Part
from scholars.models import Scholar


@access(signed_in, methods=FORM)
def draft(request: Any, slug: str) -> HttpResponse:
    """Write the plan. The same address saves: as a page with a button, as JSON for autosave."""
    plan = _own_plan(request, slug)
    if request.method != "POST":
        return _page(request, plan, PlanForms(draft=draft_of(plan), revision=plan.revision))
    forms = PlanForms(draft=draft_of(plan), revision=plan.revision, posted=request.POST)
    wants_json = "application/json" in request.headers.get("Accept", "")
    if not forms.is_valid():
        if wants_json:
            return JsonResponse({"sentence": forms.first_error}, status=422)
        return _page(request, plan, forms, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        plan = save_plan(plan=plan, text=forms.text, expected_revision=forms.revision, by=request.user)
    except StalePlan as stale:
        return _stale(request, plan, forms, stale, wants_json)
    except Refusal as refusal:
        if wants_json:
            return JsonResponse({"sentence": refusal.sentence}, status=409)
        forms.draft.add_error(None, refusal.sentence)
        return _page(request, plan, forms, status=HTTPStatus.CONFLICT)
    if wants_json:
        saved_at = timezone.localtime(plan.saved_at)
        return JsonResponse({"saved_at": f"{saved_at:%H:%M}", "version": plan.revision})
    if "read" in request.POST:
        return redirect("research_plans:submit", slug)
    messages.success(request, "Your draft is saved. Only you can see it until you submit it.")
    return redirect("research_plans:draft", slug)


@access(signed_in, methods=FORM)
def submit(request: Any, slug: str) -> HttpResponse:
    """Read the draft through, and submit it."""
    plan = _own_plan(request, slug)
    form = SubmitForm(request.POST or None, initial={"revision": plan.revision})
    if form.is_valid():
        try:
            revision = submit_plan(plan=plan, expected_revision=form.cleaned_data["revision"], by=request.user)
        except Refusal as refusal:
            messages.error(request, refusal.sentence if not isinstance(refusal, StalePlan) else _CHANGED)
            return redirect("research_plans:submit", slug)
        messages.success(request, f"Revision {revision.number} is in. A receipt is on its way to you by mail.")
        return redirect(plan)
    text = draft_of(plan)
    context = _facts(plan) | {
        "form": form,
        "parts": [(part, text.part(part)) for part in Part],
        "outputs": text.outputs,
        "missing": missing(text),
        "is_submitted": plan.submitted_revision == plan.revision,
    }
    return render(request, "research_plans/researchplan_submit.html", context)


_CHANGED = "The draft changed in another window since you read it. This is how it stands now: read it, then submit."


def _own_plan(request: Any, slug: str) -> ResearchPlan:
    """The plan of this scholar in this cohort, begun if it was not; 404 for everybody else."""
    own = Scholar.objects.of(request.user).select_related("cohort", "stream", "person")
    scholar = get_object_or_404(own, cohort__slug=slug)
    request.cohort = scholar.cohort
    require(can_write_plan(request.user, scholar))
    return start_plan(scholar=scholar, by=request.user)


def _facts(plan: ResearchPlan) -> dict[str, Any]:
    return {"plan": plan, "row": plan_row(plan.scholar), "cohort": plan.scholar.cohort}


def _page(request: Any, plan: ResearchPlan, forms: PlanForms, *, status: int = 200, **more: Any) -> HttpResponse:
    text = draft_of(plan)
    context = _facts(plan) | {"forms": forms, "missing": missing(text)} | more
    return render(request, "research_plans/researchplan_form.html", context, status=status)


def _stale(request: Any, plan: ResearchPlan, forms: PlanForms, stale: StalePlan, wants_json: bool) -> HttpResponse:
    """409: the form keeps what was typed, what is saved stands beside it, and the next save is on top of it."""
    if wants_json:
        sentence = "Changed in another window. Press “Save” to see both texts side by side."
        return JsonResponse({"sentence": sentence}, status=HTTPStatus.CONFLICT)
    typed = request.POST.copy()
    typed["revision"] = str(stale.revision)
    kept = PlanForms(draft=stale.saved, revision=stale.revision, posted=typed)
    kept.is_valid()
    saved = [(part, stale.saved.part(part)) for part in Part if stale.saved.part(part) != forms.text.part(part)]
    rows = stale.saved.outputs if list(stale.saved.outputs) != list(forms.text.outputs) else ()
    more = {"stale": stale, "saved_parts": saved, "saved_outputs": rows}
    return _page(request, plan, kept, status=HTTPStatus.CONFLICT, **more)
