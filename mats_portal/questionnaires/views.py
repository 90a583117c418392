"""Where staff and mentors change the questions: each change makes the next version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.cohorts.policies import can_set_up_cohort
from mats_portal.cohorts.selectors import cohorts_visible_to
from mats_portal.questionnaires.editing import new_key, with_question
from mats_portal.questionnaires.forms import QuestionForm
from mats_portal.questionnaires.models import Version
from mats_portal.questionnaires.policies import (
    can_edit_questions,
    editors_of_some_questions,
    question_streams_visible_to,
)
from mats_portal.questionnaires.selectors import current_version, current_versions, questionnaire_of, questions_of
from mats_portal.questionnaires.services import make_version, open_questionnaire
from mats_portal.questionnaires.specs import QuestionSpec
from mats_portal.questionnaires.states import Purpose
from mats_portal.web.access import ACT, FORM, access, require
from mats_portal.web.errors import Refusal
from mats_portal.web.keyed import moved, without

GENERAL = "general"
SAVED = "Saved. Whoever has started keeps the questions as they were; whoever starts now gets these."


@dataclass(frozen=True, slots=True)
class Desk:
    """The questionnaire that is being changed: `which` is "general" or a stream's code."""

    cohort: Cohort
    stream: Stream | None
    which: str
    number: int
    specs: list[QuestionSpec]

    @property
    def title(self) -> str:
        """What it is called."""
        return str(self.stream) if self.stream else "General questions"


def _cohort(request: HttpRequest, slug: str) -> Cohort:
    cohort = get_object_or_404(cohorts_visible_to(request.user), slug=slug)
    request.cohort = cohort  # type: ignore[attr-defined]
    return cohort


def _desk(request: HttpRequest, slug: str, which: str) -> Desk:
    cohort = _cohort(request, slug)
    stream = None if which == GENERAL else get_object_or_404(Stream, cohort=cohort, code=which)
    require(can_edit_questions(request.user, cohort, stream))
    purpose = Purpose.STREAM if stream else Purpose.APPLICATION
    version = current_version(questionnaire_of(cohort, purpose, stream))
    specs = [QuestionSpec.of(question) for question in questions_of(version)] if version else []
    return Desk(cohort, stream, which, version.number if version else 0, specs)


def _save(request: HttpRequest, desk: Desk, specs: Sequence[QuestionSpec], after: int) -> None:
    purpose = Purpose.STREAM if desk.stream else Purpose.APPLICATION
    questionnaire = open_questionnaire(cohort=desk.cohort, purpose=purpose, stream=desk.stream)
    make_version(questionnaire=questionnaire, questions=specs, by=request.user, after=after)


@access(editors_of_some_questions)
def questionnaires(request: HttpRequest, slug: str) -> HttpResponse:
    """The questionnaires of the cohort that the reader may change."""
    cohort = _cohort(request, slug)
    versions = current_versions(cohort)
    streams = list(question_streams_visible_to(request.user, cohort))
    may_set_up = can_set_up_cohort(request.user, cohort)
    if not streams:
        require(may_set_up)
    rows: list[tuple[str, str, Stream | None, Version | None]] = []
    if may_set_up.allowed:
        rows.append((GENERAL, "General questions", None, versions.get(None)))
    rows += [(stream.code, stream.name, stream, versions.get(stream.pk)) for stream in streams]
    return render(request, "questionnaires/questionnaire_list.html", {"cohort": cohort, "rows": rows})


@access(editors_of_some_questions)
def questions(request: HttpRequest, slug: str, which: str) -> HttpResponse:
    """The questions of one questionnaire, in order."""
    return render(request, "questionnaires/question_list.html", {"desk": _desk(request, slug, which)})


@access(editors_of_some_questions, methods=FORM)
def question(request: HttpRequest, slug: str, which: str, key: str = "") -> HttpResponse:
    """Add a question, or change one."""
    desk = _desk(request, slug, which)
    spec = next((one for one in desk.specs if one.key == key), None)
    if key and spec is None:
        raise Http404
    form = QuestionForm.of(spec, desk.number, request.POST or None)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            written = form.spec(key or new_key(desk.specs), spec.measures if spec else "")
            try:
                _save(request, desk, with_question(desk.specs, written), form.cleaned_data["after"])
            except Refusal as refusal:
                form.add_error(None, refusal.sentence)
                status = HTTPStatus.CONFLICT
            else:
                messages.success(request, SAVED)
                return redirect("questionnaires:questions", slug, which)
    context = {"desk": desk, "spec": spec, "form": form}
    return render(request, "questionnaires/question_form.html", context, status=status)


@access(editors_of_some_questions, methods=ACT)
def move(request: HttpRequest, slug: str, which: str, key: str) -> HttpResponse:
    """Move a question up or down."""
    desk = _desk(request, slug, which)
    step = {"up": -1, "down": 1}.get(request.POST.get("to", ""), 0)
    return _act(request, desk, moved(desk.specs, key, step))


@access(editors_of_some_questions, methods=ACT)
def remove(request: HttpRequest, slug: str, which: str, key: str) -> HttpResponse:
    """Ask it no more; answers that were given are kept."""
    desk = _desk(request, slug, which)
    return _act(request, desk, without(desk.specs, key))


def _act(request: HttpRequest, desk: Desk, specs: Sequence[QuestionSpec]) -> HttpResponse:
    after = request.POST.get("after", "")
    try:
        _save(request, desk, specs, int(after) if after.isascii() and after.isdigit() and len(after) < 6 else -1)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, SAVED)
    return redirect("questionnaires:questions", desk.cohort.slug, desk.which)
