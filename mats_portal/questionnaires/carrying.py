"""The forms of a cohort, carried over to a new one: the current version of each, as the next version there."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.cohorts.services.carrying import CarriedOver, Line, stream_code
from mats_portal.questionnaires.building import specs_of
from mats_portal.questionnaires.models import Questionnaire, Version
from mats_portal.questionnaires.services import make_version, open_questionnaire, set_effort
from mats_portal.questionnaires.states import Purpose
from mats_portal.web.text import counted


def _code(questionnaire: Questionnaire) -> str:
    stream = questionnaire.stream
    return stream_code(stream.name) if stream else f"questions:{questionnaire.purpose}"


def _currents(cohort: Cohort) -> dict[str, Version]:
    """The current version of every questionnaire of the cohort, by the code of its line."""
    rows = Version.objects.filter(questionnaire__cohort=cohort).select_related("questionnaire__stream")
    rows = rows.prefetch_related("questions").order_by("questionnaire_id", "-number").distinct("questionnaire_id")
    return {_code(version.questionnaire): version for version in rows}


def _lines(source: Cohort, target: Cohort) -> list[Line]:
    there = _currents(target)
    return [
        Line(code, _label(version.questionnaire), _note(version, there.get(code)))
        for code, version in _currents(source).items()
        if version.questions.all()
    ]


def _label(questionnaire: Questionnaire) -> str:
    return questionnaire.stream.name if questionnaire.stream else questionnaire.get_purpose_display()


def _note(version: Version, there: Version | None) -> str:
    asked = specs_of(version)
    said = counted(len(asked), "question", "questions")
    if there is None or not (theirs := specs_of(there)):
        return said
    return f"{said}, the same as there" if theirs == asked else f"{said} instead of {len(theirs)}"


def _copy(*, source: Cohort, target: Cohort, codes: Collection[str], by: Any) -> None:
    streams: dict[str, Stream] = {stream_code(stream.name): stream for stream in target.streams.all()}
    for code, version in _currents(source).items():
        old = version.questionnaire
        if code not in codes or (old.stream and code not in streams):
            continue
        new = open_questionnaire(cohort=target, purpose=Purpose(old.purpose), stream=streams.get(code))
        make_version(questionnaire=new, questions=specs_of(version), by=by)
        set_effort(questionnaire=new, minutes=old.minutes, by=by)


FORMS = CarriedOver(_lines, _copy)
