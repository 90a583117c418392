"""What there is: the questionnaires of a cohort, the questions of one, its versions, a preview."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mats_portal.cohorts.models import Stream
from mats_portal.cohorts.policies import can_set_up_cohort
from mats_portal.questionnaires.answering import AnswersForm
from mats_portal.questionnaires.building import answering_count, history_of, streams_sharing
from mats_portal.questionnaires.fields import SEEN_BY
from mats_portal.questionnaires.models import Version
from mats_portal.questionnaires.policies import editors_of_some_questions, question_streams_visible_to
from mats_portal.questionnaires.selectors import (
    current_version,
    current_versions,
    parts_of,
    questionnaire_of,
    questions_of,
)
from mats_portal.questionnaires.states import Audience, Purpose
from mats_portal.questionnaires.views.desk import ELIGIBILITY, GENERAL, cohort_of, desk_of
from mats_portal.web.access import access, require


@access(editors_of_some_questions)
def questionnaires(request: HttpRequest, slug: str) -> HttpResponse:
    """The questionnaires of the cohort that the reader may change."""
    cohort = cohort_of(request, slug)
    versions = current_versions(cohort)
    streams = list(question_streams_visible_to(request.user, cohort))
    may_set_up = can_set_up_cohort(request.user, cohort)
    if not streams:
        require(may_set_up)
    rows: list[tuple[str, str, Stream | None, Version | None]] = []
    if may_set_up.allowed:
        gate = current_version(questionnaire_of(cohort, Purpose.ELIGIBILITY))
        rows += [(ELIGIBILITY, "Eligibility, before the form", None, gate)]
        rows += [(GENERAL, "General questions", None, versions.get(None))]
    rows += [(stream.code, stream.name, stream, versions.get(stream.pk)) for stream in streams]
    context = {"cohort": cohort, "rows": rows, "may_copy": may_set_up.allowed}
    return render(request, "questionnaires/questionnaire_list.html", context)


@access(editors_of_some_questions)
def questions(request: HttpRequest, slug: str, which: str) -> HttpResponse:
    """The questions of one questionnaire, in order."""
    desk = desk_of(request, slug, which)
    context = {
        "desk": desk,
        "answering": answering_count(desk.version) if desk.version else 0,
        "sharing": streams_sharing(desk.cohort, desk.specs, desk.stream),
        "wordings": {spec.key: spec.wording for spec in desk.specs},
    }
    return render(request, "questionnaires/question_list.html", context)


@access(editors_of_some_questions)
def preview(request: HttpRequest, slug: str, which: str) -> HttpResponse:
    """The pages as the applicant sees them; nothing is sent from here."""
    desk = desk_of(request, slug, which)
    asked = questions_of(desk.version) if desk.version else []
    readers = SEEN_BY[Audience.STAFF] if desk.is_gate else ""
    pages = [(part, AnswersForm(part.questions, {}, 0, readers=readers)) for part in parts_of(asked)]
    return render(request, "questionnaires/preview.html", {"desk": desk, "pages": pages})


@access(editors_of_some_questions)
def versions(request: HttpRequest, slug: str, which: str) -> HttpResponse:
    """Every version with what changed in it, newest first."""
    desk = desk_of(request, slug, which)
    history = history_of(desk.questionnaire) if desk.questionnaire else []
    return render(request, "questionnaires/version_list.html", {"desk": desk, "history": history})
