"""The review queue and the review desk."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from applications.models import Application
from applications.selectors import concerns_about, letters_about, readable_parts, submitted_document, with_names
from mats_portal.cohorts.policies import evaluators_of_some_cohort
from mats_portal.cohorts.selectors import effective_deadline
from mats_portal.cohorts.states import MilestoneKind
from mats_portal.rubrics.scales import ScoreForm
from mats_portal.rubrics.selectors import criteria_of, current_criteria
from mats_portal.rubrics.services import StaleScores
from mats_portal.rubrics.states import RubricPurpose
from mats_portal.web.access import FORM, access, require
from mats_portal.web.errors import Refusal
from mats_portal.web.pages import keyset
from mentors.forms import NoteForm
from mentors.policies import can_review_application
from mentors.selectors import review_queue
from mentors.selectors.desk import assessments_on_desk, on_desk, waiver_words
from mentors.selectors.reviewing import QUEUE_ORDER, queued_assignments
from mentors.services import finish_assessment, save_assessment
from mentors.views.door import evaluated_cohort

DUE = MilestoneKind.REVIEWS_DUE
ROW = ("application", "stream", "assessment__sheet")  # What a row of the queue shows.


@access(evaluators_of_some_cohort)
def review(request: HttpRequest, slug: str) -> HttpResponse:
    """What the reader was asked to review, what is left of it, and by when."""
    cohort = evaluated_cohort(request, slug)
    queued = queued_assignments(request.user, cohort).defer("application__search")
    rows = with_names(queued, request.user, "application__")
    page = keyset(rows.select_related(*ROW), request, key=QUEUE_ORDER)
    facts = {
        "queue": review_queue(request.user, cohort),
        "page": page,
        "has_nameless": any(row.is_nameless for row in page.items),
        "due": effective_deadline(cohort, DUE, request.user),
    }
    return render(request, "mentors/review_list.html", facts)


@access(evaluators_of_some_cohort, methods=FORM)
def desk(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One application beside the rubric; saves half done, or finishes and goes on to the next."""
    cohort = evaluated_cohort(request, slug)
    application = on_desk(request.user, cohort, code)
    if application is None:
        raise Http404
    if request.method == "POST" and not application.is_assigned:
        require(can_review_application(request.user, application))
    seen = _seen(request, application)
    purpose = RubricPurpose.APPLICATION
    criteria = criteria_of(seen.own.sheet.version) if seen.own else current_criteria(cohort, purpose)
    if request.method == "POST":
        return _save(request, application, ScoreForm(request.POST, criteria=criteria))
    saved = {"revision": 0}
    if seen.own:
        points = {point["key"]: point["value"] for point in seen.own.points}
        saved = ScoreForm.initial_of(points, seen.own.sheet.comment, seen.own.sheet.revision)
    return _show(request, application, ScoreForm(initial=saved, criteria=criteria), seen)


class Seen(NamedTuple):
    """The assessments of an application that the reader may see: their own, and others' by name."""

    own: Any
    others: list[Any]

    @property
    def own_is_in(self) -> bool:
        """Whether the reader's own scores are in."""
        return self.own is not None and self.own.sheet.finished_at is not None


def _seen(request: HttpRequest, application: Application) -> Seen:
    visible = assessments_on_desk(request.user, application)
    own = next((one for one in visible if one.reviewer_id == request.user.pk), None)
    return Seen(own, sorted((one for one in visible if one is not own), key=lambda one: one.reviewer.name))


def _save(request: HttpRequest, application: Any, form: ScoreForm) -> HttpResponse:
    save = finish_assessment if "finish" in request.POST else save_assessment
    if not form.is_valid():
        errors = form.errors.get_json_data().values()
        return _refuse(request, application, form, errors_first(errors), HTTPStatus.BAD_REQUEST)
    try:
        assessment = save(
            application=application,
            values=form.values(),
            comment=form.cleaned_data["comment"],
            expected_revision=form.cleaned_data["revision"],
            by=request.user,
        )
    except StaleScores as stale:
        return _refuse(request, application, form, stale.sentence, HTTPStatus.CONFLICT, stale)
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        return _refuse(request, application, form, refusal.sentence, HTTPStatus.BAD_REQUEST)
    if _is_autosave(request):
        return JsonResponse(
            {"saved_at": f"{timezone.localtime(assessment.sheet.saved_at):%H:%M}", "version": assessment.sheet.revision}
        )
    if "finish" not in request.POST:
        messages.success(request, "Saved. You can go on whenever you like.")
        return redirect("mentors:desk", application.cohort.slug, application.code)
    return _go_on(request, application)


def errors_first(errors: Any) -> str:
    """The first sentence of a form's errors."""
    return next((error["message"] for several in errors for error in several), "Some of this cannot be saved.")


def _is_autosave(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _refuse(
    request: HttpRequest,
    application: Any,
    form: ScoreForm,
    sentence: str,
    status: HTTPStatus,
    stale: StaleScores | None = None,
) -> HttpResponse:
    """Say why it was not saved, with everything that was typed still there."""
    if _is_autosave(request):
        return JsonResponse({"sentence": sentence}, status=status)
    if stale is not None:
        data = request.POST.copy()
        data["revision"] = str(stale.saved.revision)
        form = ScoreForm(data, criteria=form.criteria)
    return _show(request, application, form, _seen(request, application), stale=stale, status=status)


def _go_on(request: HttpRequest, application: Any) -> HttpResponse:
    queue = review_queue(request.user, application.cohort)
    following = queue.after(application)
    left = len(queue.remaining)
    if following is None:
        messages.success(request, "That was the last one. Thank you.")
        return redirect("mentors:review", application.cohort.slug)
    messages.success(request, f"Your scores of {application.shown_name} are in. {left} left.")
    return redirect("mentors:desk", application.cohort.slug, following.code)


def _show(
    request: HttpRequest,
    application: Any,
    form: ScoreForm,
    seen: Seen,
    *,
    stale: StaleScores | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    reader = request.user
    queue = review_queue(reader, application.cohort)
    before, following = queue.beside(application)
    waiver = waiver_words(application)
    facts = {
        "application": application,
        "parts": readable_parts(application, reader),
        "letters": letters_about(application, reader) if application.has_letters else [],
        "document": submitted_document(application, reader),
        "concerns": concerns_about(application, reader) if application.has_concerns else [],
        "form": form,
        "own": seen.own,
        "others": seen.others,
        "may_discuss": seen.own_is_in or bool(waiver),
        "note_form": NoteForm(initial={"text": application.note_text or ""}, auto_id="note_%s", label_suffix=""),
        "saved_at": seen.own.sheet.saved_at if seen.own else None,
        "queue": queue,
        "before": before,
        "following": following,
        "waiver": waiver,
        "stale": stale,
    }
    return render(request, "mentors/assessment_desk.html", facts, status=status)
