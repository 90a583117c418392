"""One application on a reader's desk, with everything that stands about it and the reader, in one statement."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject

from applications.models import Concern, ReferenceLetter
from applications.selectors import with_names
from mats_portal.cohorts.deadlines_sql import EffectiveDeadline
from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.selectors import streams_led_by
from mats_portal.cohorts.states import MilestoneKind
from mats_portal.rubrics.models import Score
from mentors.models import Assessment, Mark, PrivateNote, Waiver
from mentors.selectors.reviewing import assessable_by, counted_assessments, standing_assignments, waivable_by
from mentors.selectors.scores import mark_facts, unsealed
from mentors.states import WaiverReason


def on_desk(person: Any, cohort: Cohort, code: str) -> Any:
    """The application, for whoever is to score it, or may as a mentor of a chosen stream; else None.

    With `shown_name` and `is_nameless`; `is_assigned`, and `asked_by` (stream, hue) where a stream asked; `due_at`;
    the reader's own note (`note_text`, `note_saved_at`) and waiver (`waived_for`, `waived_note`); `may_waive`; whether
    there may be letters and concerns to be read (`has_letters`, `has_concerns`); `is_open`: whether others' scores are
    open to the reader; `shown_marks`, those by question that they may see.
    """
    own = {"person_id": person.pk, "application": OuterRef("pk")}
    asked = standing_assignments(person).filter(application=OuterRef("pk"))
    note, waiver = PrivateNote.objects.filter(**own), Waiver.objects.filter(**own)
    mine = waivable_by(person).filter(pk=OuterRef("pk"))
    found = with_names(assessable_by(person), person).filter(cohort=cohort, code=code)
    found = found.annotate(
        is_assigned=Exists(asked),
        asked_by=Subquery(asked.filter(stream__isnull=False).values(json=_stream())[:1]),
        due_at=EffectiveDeadline("cohort_id", MilestoneKind.REVIEWS_DUE, person.pk),
        note_text=Subquery(note.values("text")),
        note_saved_at=Subquery(note.values("saved_at")),
        waived_for=Subquery(waiver.values("reason")),
        waived_note=Subquery(waiver.values("note")),
        may_waive=Exists(mine) if streams_led_by(person) else Value(False),
        has_letters=Exists(ReferenceLetter.objects.filter(reference__application=OuterRef("pk"))),
        has_concerns=Exists(Concern.objects.filter(application=OuterRef("pk"))),
        is_open=ExpressionWrapper(unsealed(person, ""), BooleanField()),
        all_marks=ArraySubquery(mark_facts(Mark.objects.given().filter(application=OuterRef("pk")))),
    )
    one = found.select_related("cohort").defer("search").first()
    if one is not None:
        one.shown_marks = [mark for mark in one.all_marks if one.is_open or mark["by"] == person.pk]
    return one


def _stream() -> JSONObject:
    return JSONObject(name="stream__name", hue="stream__hue")


def waiver_words(application: Any) -> str:
    """Why the reader leaves the scoring to others; "" where they do not."""
    if application.is_assigned or application.waived_for is None:
        return ""
    reason = str(WaiverReason(application.waived_for).label).lower()
    return f"{reason} ({application.waived_note})" if application.waived_note else reason


def assessments_on_desk(person: Any, application: Any) -> QuerySet[Assessment, Any]:
    """Those of an application `on_desk` that the person may see, with sheet, version, reviewer, `points` by criterion.

    The same as `assessments_visible_to`, which the application was asked by already.
    """
    points = Score.objects.filter(sheet=OuterRef("sheet")).values(
        json=JSONObject(key="criterion__key", value=F("value"))
    )
    visible = Assessment.objects.filter(reviewer_id=person.pk, application=application)
    if application.is_open:
        visible |= counted_assessments().filter(application=application)
    return visible.annotate(points=ArraySubquery(points)).select_related("sheet__version", "reviewer")
