"""Start an application and write it, until applications close."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Now

from applications.errors import (
    ApplicationsClosed,
    ApplicationsNotOpen,
    EligibilityFirst,
    NotYours,
    StreamsChanged,
    TooManyStreams,
    UnknownStream,
)
from applications.models import Application, Choice
from applications.selectors import window_of
from applications.selectors.eligibility import gate_for
from applications.services.questions import make_default_questions
from applications.services.saving import keep_at_once
from applications.snapshot import searched_text
from mats_portal.cohorts.deadlines_sql import AcceptedUntil, EffectiveDeadline
from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.cohorts.states import MilestoneKind
from mats_portal.journal.services import record
from mats_portal.questionnaires.fitting import Value as AnswerValue
from mats_portal.questionnaires.models import AnswerSheet
from mats_portal.questionnaires.selectors import current_version, questions_asked
from mats_portal.questionnaires.services import save_answers, share_answers

CLOSES = EffectiveDeadline("cohort_id", MilestoneKind.APPLICATIONS_CLOSE, "person_id")
ACCEPTED_UNTIL = AcceptedUntil("cohort_id", MilestoneKind.APPLICATIONS_CLOSE, "person_id")


@transaction.atomic
def start_application(*, cohort: Cohort, by: Any) -> Application:
    """The person's application to the cohort: a new draft, or the one there is.

    Raises `ApplicationsNotOpen` and `ApplicationsClosed`, by the database's clock, and `EligibilityFirst`.
    """
    if found := Application.objects.in_cohort(cohort).of(by).first():
        return found
    window = window_of(cohort, by)
    if window.is_closed:
        raise ApplicationsClosed(window.closes_at)
    if not window.is_open:
        raise ApplicationsNotOpen
    if (gate := gate_for(by, cohort)) and not gate.may_apply:
        raise EligibilityFirst
    Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)  # one draft, however often the button is pressed
    if found := Application.objects.in_cohort(cohort).of(by).first():
        return found
    version = make_default_questions(cohort=cohort, by=None)
    application = Application.objects.create(
        cohort=cohort,
        person=by,
        sheet=AnswerSheet.objects.create(version=version, person=by),
        time_zone=by.time_zone,
        search=SearchVector(Value(searched_text(by.name, by.email, None)), config="simple"),
    )
    record(by=by, verb="start application", subject=application, cohort=cohort)
    return application


def save_section(
    *, application: Application, values: Mapping[str, AnswerValue], expected_revision: int, by: Any
) -> AnswerSheet:
    """Keep answers to general questions in the draft; what was submitted stays as it was.

    After the close the text is still kept, as late text that is not submitted (`application.late_saved_at`). Raises
    `StaleAnswers`, `AnswerTooLong`, `UnknownChoice`, `NotYours`.
    """
    return _save(application, application.sheet, values, expected_revision, by)


def save_stream_answers(
    *, choice: Choice, values: Mapping[str, AnswerValue], expected_revision: int, by: Any
) -> AnswerSheet | None:
    """The same for the questions of one chosen stream; None when the stream asks nothing.

    An answer to a question that other chosen streams share is theirs, too.
    """
    if choice.sheet is None:
        touch(choice.application, by)
        return None
    if not any(question.is_shared for question in questions_asked(choice.sheet)):
        return _save(choice.application, choice.sheet, values, expected_revision, by)
    with transaction.atomic():
        touch(choice.application, by)
        kept = save_answers(sheet=choice.sheet, values=values, expected_revision=expected_revision, by=by)
        share_answers(source=kept, targets=sheets_of_choices(choice.application))
    return kept


def _save(
    application: Application, sheet: AnswerSheet, values: Mapping[str, AnswerValue], revision: int, by: Any
) -> AnswerSheet:
    """In one statement; where something was saved meanwhile, answer by answer under a lock."""
    if application.person_id != by.pk:
        raise NotYours
    kept = keep_at_once(application=application, sheet=sheet, values=values, expected_revision=revision)
    if kept is not None:
        return kept
    with transaction.atomic():
        touch(application, by)
        return save_answers(sheet=sheet, values=values, expected_revision=revision, by=by)


@transaction.atomic
def choose_streams(
    *, application: Application, codes: Sequence[str], by: Any, seen: Sequence[str] | None = None
) -> list[Choice]:
    """Set the draft list of streams, best first. Text written for a stream taken off the list is kept.

    `seen` is the list as the person saw it before. Raises `UnknownStream`, `TooManyStreams`, `NotYours`, and
    `StreamsChanged` (and changes nothing) when the list is neither as seen nor as wanted.
    """
    touch(application, by)
    wanted = list(dict.fromkeys(code for code in codes if code))
    chosen_before = application.choices.filter(rank__isnull=False).order_by("rank")
    if seen is not None and list(chosen_before.values_list("stream__code", flat=True)) not in (list(seen), wanted):
        raise StreamsChanged
    limit = application.cohort.max_preferences
    if len(wanted) > limit:
        raise TooManyStreams(f"At most {limit} streams can be chosen. Take {len(wanted) - limit} off the list.")
    streams = {stream.code: stream for stream in Stream.objects.filter(cohort_id=application.cohort_id)}
    if any(code not in streams for code in wanted):
        raise UnknownStream
    existing = {choice.stream_id: choice for choice in application.choices.select_related("sheet")}
    chosen = [
        _choice(existing.get(streams[code].pk), application, streams[code], rank) for rank, code in enumerate(wanted, 1)
    ]
    dropped = [choice for choice in existing.values() if choice not in chosen and choice.rank is not None]
    for choice in dropped:
        choice.rank = None
    Choice.objects.bulk_update([*dropped, *(choice for choice in chosen if choice.pk)], ["rank", "sheet"])
    written = [choice.sheet for choice in existing.values() if choice.sheet]
    Choice.objects.bulk_create([choice for choice in chosen if not choice.pk])
    asking = [choice.sheet for choice in chosen if choice.sheet and choice.sheet not in written]
    for sheet in written if asking else ():
        share_answers(source=sheet, targets=asking)
    return chosen


def sheets_of_choices(application: Application) -> list[AnswerSheet]:
    """The sheets of all streams that were ever put on the list."""
    return [choice.sheet for choice in application.choices.select_related("sheet") if choice.sheet]


def _choice(found: Choice | None, application: Application, stream: Stream, rank: int) -> Choice:
    choice = found or Choice(application=application, stream=stream)
    choice.rank = rank
    if choice.sheet is None and (version := current_version(getattr(stream, "questionnaire", None))):
        choice.sheet = AnswerSheet.objects.create(version=version, person_id=application.person_id)
    return choice


def touch(application: Application, by: Any) -> None:
    """Take the application's row, and note in it when the applicant acted, and whether that was late."""
    if application.person_id != by.pk:
        raise NotYours
    late = Case(When(Q(closes__lte=Now()), then=Now()), default=None)
    Application.objects.filter(pk=application.pk).annotate(closes=CLOSES).update(changed_at=Now(), late_saved_at=late)
    application.refresh_from_db(fields=["changed_at", "late_saved_at"])
