"""The discussion of an application, and a reviewer's note to themselves."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from applications.models import Application
from applications.selectors import with_names
from mats_portal.cohorts.policies import evaluators_of_some_cohort
from mats_portal.web.access import ACT, FORM, access, require
from mats_portal.web.errors import Refusal
from mentors.forms import ContributionForm, NoteForm
from mentors.models import Contribution
from mentors.policies import can_discuss_application
from mentors.selectors import assessments_visible_to
from mentors.selectors.discussing import discussable_by, discussion_of
from mentors.selectors.reviewing import assessable_by
from mentors.selectors.scores import mark_facts, marks_visible_to
from mentors.services import contribute, save_note
from mentors.views.door import assessable_application, evaluated_cohort

LONGEST_KEY = 15


def _application(request: HttpRequest, slug: str, code: str) -> Application:
    """For whoever may discuss it; for whoever is still to score it, too, who is told why not yet."""
    cohort = evaluated_cohort(request, slug)
    open_ones = with_names(discussable_by(request.user), request.user).select_related("cohort").defer("search")
    return open_ones.filter(cohort=cohort, code=code).first() or assessable_application(request, cohort, code)


@access(evaluators_of_some_cohort, methods=FORM)
def discussion(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """What others scored and said; add a contribution, or an answer."""
    application = _application(request, slug, code)
    require(can_discuss_application(request.user, application))
    form = ContributionForm(request.POST if request.method == "POST" else None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        known = Contribution.objects.filter(application=application)
        asked = request.POST.get("answer_to", "")
        is_key = asked.isascii() and asked.isdigit() and len(asked) <= LONGEST_KEY
        answered = get_object_or_404(known, pk=int(asked)) if is_key else None
        try:
            contribute(application=application, text=form.cleaned_data["text"], answer_to=answered, by=request.user)
        except Refusal as refusal:
            form.add_error("text", refusal.sentence)
        else:
            return redirect("mentors:discussion", slug, code)
    visible = assessments_visible_to(request.user, application).filter(sheet__finished_at__isnull=False)
    facts = {
        "application": application,
        "form": form,
        "threads": discussion_of(application),
        "others": visible.select_related("sheet", "reviewer").order_by("reviewer__name", "pk"),
        "marks": list(mark_facts(marks_visible_to(request.user).filter(application=application))),
        "is_reader": assessable_by(request.user).filter(pk=application.pk).exists(),
    }
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "mentors/discussion.html", facts, status=status)


@access(evaluators_of_some_cohort, methods=ACT)
def note(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Keep the reader's own note on an application."""
    application = _application(request, slug, code)
    form = NoteForm(request.POST, label_suffix="")
    wants_json = "application/json" in request.headers.get("Accept", "")
    sentence = ""
    if form.is_valid():
        try:
            save_note(application=application, text=form.cleaned_data["text"], by=request.user)
        except Refusal as refusal:
            sentence = refusal.sentence
    else:
        sentence = "A note can have 10,000 characters. Please shorten it."
    if wants_json:
        if sentence:
            return JsonResponse({"sentence": sentence}, status=HTTPStatus.BAD_REQUEST)
        return JsonResponse({"saved_at": f"{timezone.localtime():%H:%M}"})
    if sentence:
        messages.warning(request, sentence)
    else:
        messages.success(request, "Your note is kept. Only you read it.")
    return redirect("mentors:desk", slug, code)
