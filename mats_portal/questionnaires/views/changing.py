"""What can be done to questions; each act makes the next version."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from mats_portal.cohorts.models import Stream
from mats_portal.questionnaires.building import questions_to_share, specs_of, streams_sharing
from mats_portal.questionnaires.editing import (
    in_order,
    new_key,
    with_copy,
    with_question,
    with_section_moved,
    with_section_renamed,
)
from mats_portal.questionnaires.forms import EffortForm, QuestionForm, SectionForm
from mats_portal.questionnaires.models import Version
from mats_portal.questionnaires.policies import editors_of_some_questions, question_streams_visible_to
from mats_portal.questionnaires.services import change_shared, open_questionnaire, set_effort
from mats_portal.questionnaires.specs import QuestionSpec
from mats_portal.questionnaires.views.desk import SAVED, Desk, act, desk_of, places_in, save
from mats_portal.web.access import ACT, FORM, access
from mats_portal.web.errors import Refusal
from mats_portal.web.keyed import without


@access(editors_of_some_questions, methods=FORM)
def question(request: HttpRequest, slug: str, which: str, key: str = "") -> HttpResponse:
    """Add a question, or change one."""
    desk = desk_of(request, slug, which)
    spec = next((one for one in desk.specs if one.key == key), None)
    if key and spec is None:
        raise Http404
    others = _others_sharing(request, desk, spec)
    form = QuestionForm.of(spec, desk.number, request.POST or None, earlier=_before(desk.specs, spec), others=others)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            try:
                _write(request, desk, spec, form, others)
            except Refusal as refusal:
                form.add_error(None, refusal.sentence)
                status = HTTPStatus.CONFLICT
            else:
                messages.success(request, SAVED)
                return redirect("questionnaires:questions", slug, which)
    context = {
        "desk": desk,
        "spec": spec,
        "form": form,
        "sections": list(dict.fromkeys(one.section for one in desk.specs if one.section)),
        "to_share": [] if spec else questions_to_share(desk.cohort, desk.stream, desk.specs),
    }
    return render(request, "questionnaires/question_form.html", context, status=status)


def _write(
    request: HttpRequest, desk: Desk, spec: QuestionSpec | None, form: QuestionForm, others: list[Stream]
) -> None:
    written = form.spec(spec.key if spec else new_key(desk.specs), spec.measures if spec else "")
    questions, after = with_question(desk.specs, written), form.cleaned_data["after"]
    if spec and form.cleaned_data.get("everywhere"):
        change_shared(
            questionnaire=open_questionnaire(cohort=desk.cohort, purpose=desk.purpose, stream=desk.stream),
            questions=questions,
            old=spec,
            new=written,
            others=others,
            by=request.user,
            after=after,
        )
    else:
        save(request, desk, questions, after)


def _before(specs: list[QuestionSpec], spec: QuestionSpec | None) -> list[QuestionSpec]:
    return specs[: specs.index(spec)] if spec else specs


def _others_sharing(request: HttpRequest, desk: Desk, spec: QuestionSpec | None) -> list[Stream]:
    """The other streams that share the question and whose questions the reader may change."""
    if spec is None:
        return []
    visible = set(question_streams_visible_to(request.user, desk.cohort))
    sharing = streams_sharing(desk.cohort, [spec], desk.stream).get(spec.key, [])
    return [stream for stream in sharing if stream in visible]


@access(editors_of_some_questions, methods=ACT)
def take(request: HttpRequest, slug: str, which: str) -> HttpResponse:
    """Ask a question that another stream shares, too."""
    desk = desk_of(request, slug, which)
    wanted = request.POST.get("question", "")
    found = next((one for one in questions_to_share(desk.cohort, desk.stream, desk.specs) if one.code == wanted), None)
    if found is None:
        messages.error(request, "That question has changed since. Choose again from the list.")
        return redirect("questionnaires:add", slug, which)
    return act(request, desk, with_question(desk.specs, found.as_own(new_key(desk.specs))))


@access(editors_of_some_questions, methods=ACT)
def order(request: HttpRequest, slug: str, which: str) -> HttpResponse:
    """Set the order of the questions in their sections."""
    desk = desk_of(request, slug, which)
    return act(request, desk, in_order(desk.specs, places_in(request, desk.specs)))


@access(editors_of_some_questions, methods=ACT)
def duplicate(request: HttpRequest, slug: str, which: str, key: str) -> HttpResponse:
    """Ask the same once more, to be changed from there."""
    desk = desk_of(request, slug, which)
    return act(request, desk, with_copy(in_order(desk.specs, places_in(request, desk.specs)), key))


@access(editors_of_some_questions, methods=ACT)
def remove(request: HttpRequest, slug: str, which: str, key: str) -> HttpResponse:
    """Ask it no more; answers that were given are kept, and so is the version that asked it."""
    desk = desk_of(request, slug, which)
    return act(request, desk, without(in_order(desk.specs, places_in(request, desk.specs)), key))


@access(editors_of_some_questions, methods=FORM)
def section(request: HttpRequest, slug: str, which: str, place: int) -> HttpResponse:
    """Rename a section, or (by the buttons of the list) move it up or down."""
    desk = desk_of(request, slug, which)
    if not 0 < place <= len(desk.sections):
        raise Http404
    name = desk.sections[place - 1][0]
    if step := {"up": -1, "down": 1}.get(request.POST.get("to", "")):
        kept = in_order(desk.specs, places_in(request, desk.specs))
        return act(request, desk, with_section_moved(kept, name, step))
    form = SectionForm(request.POST or None, initial={"name": name, "after": desk.number}, label_suffix="")
    if request.method == "POST" and form.is_valid():
        return act(request, desk, with_section_renamed(desk.specs, name, form.cleaned_data["name"]))
    return render(request, "questionnaires/section_form.html", {"desk": desk, "form": form})


@access(editors_of_some_questions, methods=FORM)
def effort(request: HttpRequest, slug: str, which: str) -> HttpResponse:
    """Say how long it takes."""
    desk = desk_of(request, slug, which)
    minutes = desk.questionnaire.minutes if desk.questionnaire else None
    form = EffortForm(request.POST or None, initial={"minutes": minutes}, label_suffix="")
    if request.method == "POST" and form.is_valid():
        questionnaire = open_questionnaire(cohort=desk.cohort, purpose=desk.purpose, stream=desk.stream)
        set_effort(questionnaire=questionnaire, minutes=form.cleaned_data["minutes"], by=request.user)
        messages.success(request, "Saved. Applicants read it before they start.")
        return redirect("questionnaires:questions", slug, which)
    return render(request, "questionnaires/effort_form.html", {"desk": desk, "form": form})


@access(editors_of_some_questions, methods=ACT)
def restore(request: HttpRequest, slug: str, which: str, number: int) -> HttpResponse:
    """Ask again what an earlier version asked: as the next version."""
    desk = desk_of(request, slug, which)
    version = get_object_or_404(Version, questionnaire=desk.questionnaire, number=number)
    return act(request, desk, specs_of(version))
