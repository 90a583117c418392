"""The questionnaire that is being changed, loaded with what its pages show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.cohorts.selectors import cohorts_visible_to
from mats_portal.questionnaires.building import specs_of
from mats_portal.questionnaires.editing import sections_of
from mats_portal.questionnaires.effort import effort_words
from mats_portal.questionnaires.models import Questionnaire, Version
from mats_portal.questionnaires.policies import can_edit_questions
from mats_portal.questionnaires.selectors import current_version, expected_minutes, questionnaire_of
from mats_portal.questionnaires.services import make_version, open_questionnaire
from mats_portal.questionnaires.specs import QuestionSpec
from mats_portal.questionnaires.states import Purpose
from mats_portal.web.access import require
from mats_portal.web.errors import Refusal

GENERAL, ELIGIBILITY = "general", "eligibility"
COHORTS_OWN = {GENERAL: Purpose.APPLICATION, ELIGIBILITY: Purpose.ELIGIBILITY}
TITLES = {GENERAL: "General questions", ELIGIBILITY: "Eligibility"}
SAVED = "Saved. Whoever has started keeps the questions as they were; whoever starts now gets these."


@dataclass(frozen=True, slots=True)
class Desk:
    """The questionnaire that is being changed: `which` is "general", "eligibility" or a stream's code."""

    cohort: Cohort
    stream: Stream | None
    which: str
    questionnaire: Questionnaire | None
    version: Version | None
    specs: list[QuestionSpec]

    @property
    def title(self) -> str:
        """What it is called."""
        return str(self.stream) if self.stream else TITLES[self.which]

    @property
    def purpose(self) -> Purpose:
        """What it is for."""
        return COHORTS_OWN.get(self.which, Purpose.STREAM)

    @property
    def is_gate(self) -> bool:
        """Whether its answers decide who may apply."""
        return self.purpose == Purpose.ELIGIBILITY

    @property
    def number(self) -> int:
        """The number of the version that is shown; 0 before there is one."""
        return self.version.number if self.version else 0

    @property
    def sections(self) -> list[tuple[str, list[QuestionSpec]]]:
        """The questions by section."""
        return list(sections_of(self.specs).items())

    @property
    def effort(self) -> str:
        """How long it takes, in words."""
        return effort_words(expected_minutes(self.version)) if self.version else ""

    @property
    def is_estimated(self) -> bool:
        """Whether nobody has said how long it takes."""
        return self.questionnaire is None or self.questionnaire.minutes is None


def cohort_of(request: HttpRequest, slug: str) -> Cohort:
    """The cohort, put on the request for the frame; 404 unless the reader may know of it."""
    cohort = get_object_or_404(cohorts_visible_to(request.user), slug=slug)
    request.cohort = cohort  # type: ignore[attr-defined]
    return cohort


def desk_of(request: HttpRequest, slug: str, which: str) -> Desk:
    """The questionnaire, for somebody who may change it: 404 for what is not there, 403 for others."""
    cohort = cohort_of(request, slug)
    stream = None if which in COHORTS_OWN else get_object_or_404(Stream, cohort=cohort, code=which)
    require(can_edit_questions(request.user, cohort, stream))
    questionnaire = questionnaire_of(cohort, COHORTS_OWN.get(which, Purpose.STREAM), stream)
    version = current_version(questionnaire)
    return Desk(cohort, stream, which, questionnaire, version, specs_of(version) if version else [])


def save(request: HttpRequest, desk: Desk, specs: Sequence[QuestionSpec], after: int) -> None:
    """Make the next version; raises what `make_version` raises."""
    questionnaire = open_questionnaire(cohort=desk.cohort, purpose=desk.purpose, stream=desk.stream)
    make_version(questionnaire=questionnaire, questions=specs, by=request.user, after=after)


def act(request: HttpRequest, desk: Desk, specs: Sequence[QuestionSpec]) -> HttpResponse:
    """Make the next version of a page's button, and go back to the questions."""
    try:
        save(request, desk, specs, _whole(request.POST.get("after", ""), -1))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, SAVED)
    return redirect("questionnaires:questions", desk.cohort.slug, desk.which)


def places_in(request: HttpRequest, specs: Sequence[QuestionSpec]) -> dict[str, int]:
    """The places that the page's numbers give the questions, by key; what is no number is left out."""
    found = {spec.key: _whole(request.POST.get(f"order_{spec.key}", ""), 0) for spec in specs}
    return {key: place for key, place in found.items() if place}


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else otherwise
