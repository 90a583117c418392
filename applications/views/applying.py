"""The applicant's own pages: where it stands, and each part of it."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify

from applications.calendar import steps_of
from applications.models import Application
from applications.outreach.selectors import came_by
from applications.policies import can_apply
from applications.selectors import (
    Draft,
    DraftPart,
    EarlierAnswer,
    application_of,
    asked_on_page,
    choice_on_its_own,
    draft_of,
    earlier_answers,
    streams_on_offer,
    window_of,
)
from applications.selectors.eligibility import efforts_of, gate_for
from applications.services import start_application
from applications.standing import progress
from applications.views.again import offer_earlier, with_earlier
from applications.views.autosaving import LATE, autosave, is_autosave, keep
from applications.views.common import own_application, own_writing, visible_cohort
from applications.views.filing import TAKE_OUT, say_refused, take_files
from mats_portal.questionnaires.answering import AnswersForm
from mats_portal.questionnaires.errors import StaleAnswers
from mats_portal.questionnaires.models import AnswerSheet
from mats_portal.questionnaires.selectors import answers_of, questions_asked
from mats_portal.web.access import FORM, access, require, signed_in
from mats_portal.web.errors import Refusal


@access(signed_in, methods=FORM)
def apply(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the application stands and what is left; POST starts it."""
    cohort = visible_cohort(request, slug)
    application = application_of(request.user, cohort)
    if application is None:
        require(can_apply(request.user, cohort))
    if request.method == "POST":
        try:
            start_application(cohort=cohort, by=request.user)
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
            return redirect("applications:apply", slug)
        return redirect("applications:apply", slug)
    window = window_of(cohort, request.user)
    if application is not None:
        return render(request, "applications/application_apply.html", progress(draft_of(application), window))
    context = {
        "window": window,
        "steps": steps_of(cohort),
        "cohort": cohort,
        "streams": streams_on_offer(cohort),
        "gate": gate_for(request.user, cohort),
        "efforts": efforts_of(cohort),
    }
    return render(request, "applications/application_start.html", context)


@access(signed_in, methods=FORM)
def section(request: HttpRequest, slug: str, section: str) -> HttpResponse:
    """One part of the general questions."""
    if is_autosave(request):
        writing = own_writing(request, slug)
        if asked := asked_on_page(writing.sheet, section):
            return autosave(request, writing, asked)
    application = own_application(request, slug)
    draft = draft_of(application)
    part = next((one for one in draft.general if one.part.slug == section), None)
    if part is None:
        raise Http404
    return _answer(request, draft, part, application.sheet)


@access(signed_in, methods=FORM)
def stream_questions(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """The questions of one chosen stream."""
    if is_autosave(request):
        writing = own_writing(request, slug)
        if choice := choice_on_its_own(writing, code):
            return autosave(request, writing, questions_asked(choice.sheet), choice)
    draft = draft_of(own_application(request, slug))
    part = next((one for one in draft.streams if one.part.slug == code), None)
    if part is None or part.choice is None or part.choice.sheet is None:
        raise Http404
    return _answer(request, draft, part, part.choice.sheet)


def _answer(request: HttpRequest, draft: Draft, part: DraftPart, sheet: AnswerSheet) -> HttpResponse:
    application, questions = draft.application, part.part.questions
    if is_autosave(request):
        return autosave(request, application, questions, part.choice)
    earlier = earlier_answers(application, questions)
    form = _form(request, draft, part, sheet, earlier)
    _suggest_channel(request, application, form, sheet)  # before a field is read: it remembers what it began with
    offer_earlier(form, earlier)
    status, clashes = HTTPStatus.OK, []
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            try:
                kept = keep(application, part.choice, form, request)
            except StaleAnswers as stale:
                form.catch_up(stale.revision)
                status, clashes = HTTPStatus.CONFLICT, stale.clashes
            except Refusal as refusal:
                form.add_error(None, refusal.sentence)
            else:
                refused_files = take_files(request, application, part.choice, form)
                if not refused_files:
                    return _saved(request, draft, part)
                form = _form(request, draft, part, kept or sheet, earlier)
                form.catch_up((kept or sheet).revision)
                status = say_refused(form, refused_files)
    context = {
        "draft": draft,
        "part": part,
        "form": form,
        "sheet": sheet,
        "clashes": clashes,
        "window": window_of(application.cohort, request.user),
        "save_url": request.path,
    }
    return render(request, "applications/application_part.html", context, status=status)


def _form(
    request: HttpRequest, draft: Draft, part: DraftPart, sheet: AnswerSheet, earlier: Mapping[str, EarlierAnswer]
) -> AnswersForm:
    """The form of the page, with what was sent and what is kept."""
    slug = draft.application.cohort.slug
    return AnswersForm(
        part.part.questions,
        answers_of(sheet),
        sheet.revision,
        data=with_earlier(request.POST, earlier) or None,
        files=request.FILES or None,
        file_address=lambda code: reverse("applications:own_file", args=[slug, code]),
    )


def _suggest_channel(request: HttpRequest, application: Application, form: AnswersForm, sheet: AnswerSheet) -> None:
    """Tick the channel of the link by which the person came, while the question has no answer; they can change it."""
    asked = next((one for one in form.questions if one.measures == "channels"), None)
    if asked is None or answers_of(sheet).get(asked.key):
        return
    channel = came_by(request.session, application.cohort)
    if channel and channel.name in asked.options:
        form.initial[f"q_{asked.key}"] = [channel.name]


def _saved(request: HttpRequest, draft: Draft, part: DraftPart) -> HttpResponse:
    if "reuse" in request.POST:
        messages.success(request, "Your earlier answer is in the field. Read it again: it is yours to change.")
        return redirect(f"{request.path}#id_q_{slugify(request.POST['reuse'])}")
    if draft.application.late_saved_at:
        messages.warning(request, LATE)
    elif TAKE_OUT in request.POST:
        messages.success(request, "The file is taken out. What you had submitted stays with us until you submit again.")
    else:
        messages.success(request, f"“{part.part.title}” is saved.")
    return redirect(_next_url(draft, part) if "next" in request.POST else request.path)


def _next_url(draft: Draft, part: DraftPart) -> str:
    """The part after this one; after the general parts the streams, after the last the reading through."""
    slug = draft.application.cohort.slug
    general = [one.part.slug for one in draft.general]
    streams = [one.part.slug for one in draft.streams]
    if part.choice is None:
        after = general[general.index(part.part.slug) + 1 :]
        return (
            reverse("applications:section", args=[slug, after[0]])
            if after
            else reverse("applications:streams", args=[slug])
        )
    after = streams[streams.index(part.part.slug) + 1 :]
    if after:
        return reverse("applications:stream_questions", args=[slug, after[0]])
    return reverse("applications:review", args=[slug])
