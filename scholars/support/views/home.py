"""Where everybody lands: scholars to ask, support to answer, two named people with an opening in common."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from mats_portal.web.access import FORM
from mats_portal.web.errors import Refusal
from mats_portal.web.text import counted
from scholars.support.forms import AskForm
from scholars.support.models import BreakGlass, SupportRequest
from scholars.support.policies import cohorts_asking_for, cohorts_supported_by, glasses_visible_to
from scholars.support.selectors import glasses_with_names, openings_about, waiting_in, with_names
from scholars.support.services.requests import ask_support
from scholars.support.states import RequestKind
from scholars.support.views.door import Request, behind_the_door


@behind_the_door()
def home(request: Request) -> HttpResponse:
    """What this person can do here; 404 for whoever has nothing to do here."""
    person = request.user
    context: dict[str, Any] = {
        "asking_for": list(cohorts_asking_for(person)),
        "supporting": waiting_in(list(cohorts_supported_by(person))),
        "own": with_names(SupportRequest.objects.of_scholar(person.code).order_by("-asked_at")[:100]),
        "glasses": glasses_with_names(BreakGlass.objects.naming(person.code)),
    }
    if not any(context.values()):
        raise Http404
    if context["supporting"] and not context["asking_for"] and len(context["supporting"]) == 1:
        return redirect("support:queue", context["supporting"][0].cohort.slug)
    count = sum(one.count for one in context["supporting"])
    context["waiting"] = counted(count, "request waits", "requests wait") if count else "No request waits"
    return render(request, "support/home.html", context)


@behind_the_door(*FORM)
def ask(request: Request, slug: str) -> HttpResponse:
    """A scholar asks."""
    cohort = get_object_or_404(cohorts_asking_for(request.user), slug=slug)
    form = AskForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            ask_support(
                by=request.user,
                cohort=cohort,
                kind=RequestKind(given["kind"]),
                text=given["text"],
                form_key=given["form_key"],
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "Support has your request. Somebody will take it and write down a time to meet.")
            return redirect("support:home")
    return render(request, "support/request_form.html", {"form": form, "cohort": cohort})


@behind_the_door()
def openings(request: Request) -> HttpResponse:
    """Who opened my requests and notes, and every glass that was broken for them."""
    person = request.user
    if not cohorts_asking_for(person) and not SupportRequest.objects.of_scholar(person.code).exists():
        raise Http404
    about_me = glasses_visible_to(person).filter(scholar_code=person.code)
    context = {"readings": openings_about(person.code), "glasses": glasses_with_names(about_me)}
    return render(request, "support/opening_list.html", context)
