"""Write many imported applications at once, in the same shape as the portal's own form leaves them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db.models import Value

from applications.imports.applications import ApplicationRow
from applications.models import Application, Choice, Preference, Submission
from applications.services.import_kinds import people_by_address
from applications.snapshot import Asked, assemble, digest_of, measured, searched_text
from applications.states import ApplicationState, Source
from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.people.models import Person
from mats_portal.questionnaires.models import Answer, AnswerFile, AnswerSheet, Version
from mats_portal.questionnaires.selectors import questions_of

FIELDS = [
    *("state", "submitted_at", "withdrawn_at", "submission_count", "import_digest", "time_zone", "search"),
    *("education", "field", "years", "hours", "prerequisite", "is_already_in_field", "channels"),
    *("available_from", "available_until", "commitments"),
]


@dataclass(slots=True)
class _Writing:
    """One application on its way into the tables."""

    row: ApplicationRow
    application: Application
    streams: list[Stream]
    asked: list[Asked]
    sheets: list[AnswerSheet | None] = field(default_factory=list)
    content: dict[str, Any] = field(default_factory=dict)


def write_applications(cohort: Cohort, rows: Sequence[ApplicationRow], versions: Mapping[int | None, Version]) -> None:
    """Write new applications, and rewrite changed ones, in a number of statements that does not grow with the rows."""
    wanted = ((row.email, row.name, row.time_zone) for row in rows)
    people = people_by_address(wanted, is_synthetic=cohort.is_synthetic)
    streams = {stream.name: stream for stream in cohort.streams.all()}
    known = Application.objects.in_cohort(cohort).filter(external_id__in=[row.external_id for row in rows])
    there = {one.external_id: one for one in known.select_related("sheet")}
    _clear(there.values())
    batch = [_prepare(cohort, row, people[row.email], there.get(row.external_id), streams, versions) for row in rows]
    _write_sheets(batch, versions)
    changed = [one.application for one in batch if one.application.pk]
    Application.objects.bulk_update(changed, FIELDS)
    Application.objects.bulk_create([one.application for one in batch if not one.application.pk])
    _write_choices(batch)
    _write_submissions(batch)


def _clear(applications: Iterable[Application]) -> None:
    """Take away what a changed row is written anew for; submissions stay."""
    found = list(applications)
    if not found:
        return
    sheets = list(Choice.objects.filter(application__in=found, sheet__isnull=False).values_list("sheet", flat=True))
    Preference.objects.filter(application__in=found).delete()
    Choice.objects.filter(application__in=found).delete()
    AnswerSheet.objects.filter(pk__in=sheets).delete()
    general = [one.sheet_id for one in found]
    Answer.objects.filter(sheet__in=general).delete()
    AnswerFile.objects.filter(sheet__in=general).delete()


def _prepare(
    cohort: Cohort,
    row: ApplicationRow,
    person: Person,
    there: Application | None,
    streams: Mapping[str, Stream],
    versions: Mapping[int | None, Version],
) -> _Writing:
    application = there or Application(
        cohort=cohort, person=person, external_id=row.external_id, started_at=row.created, changed_at=row.created
    )
    chosen = [streams[name] for name in row.streams]
    general = there.sheet.version if there else versions[None]
    asked = [_asked(general, row.general, None)]
    asked += [_asked(versions.get(one.pk), row.stream_answers.get(one.name, {}), one) for one in chosen]
    one = _Writing(row, application, chosen, asked)
    one.content = assemble(chosen, asked)
    is_draft = row.state == ApplicationState.DRAFT
    application.source, application.state = Source.IMPORT, row.state
    application.import_digest, application.time_zone = row.digest, row.time_zone
    application.submitted_at = None if is_draft else row.created
    application.withdrawn_at = row.created if row.state == ApplicationState.WITHDRAWN else None
    application.submission_count += 0 if is_draft else 1
    counted = measured({"parts": []} if is_draft else one.content)
    for name, value in counted.items():
        setattr(application, name, value)
    words = searched_text(person.name, person.email, None if is_draft else one.content)
    application.search = SearchVector(Value(words), config="simple")
    return one


def _asked(version: Version | None, values: Mapping[str, str | list[str]], stream: Stream | None) -> Asked:
    questions = questions_of(version) if version else []
    answers = {}
    for question in questions:
        if value := values.get(question.key):
            text, choices = (value, []) if isinstance(value, str) else ("", value)
            answers[question.key] = Answer(question=question, text=text, choices=choices, revision=1)
    return Asked(questions, answers, stream)


def _write_sheets(batch: Sequence[_Writing], versions: Mapping[int | None, Version]) -> None:
    made: list[AnswerSheet] = []
    for one in batch:
        for asked in one.asked:
            version = versions.get(asked.stream.pk if asked.stream else None)
            if asked.stream is None and one.application.pk:
                sheet: AnswerSheet | None = one.application.sheet
            elif version is None:
                sheet = None
            else:
                sheet = AnswerSheet(
                    version=version, person=one.application.person, revision=1, saved_at=one.row.created
                )
                made.append(sheet)
            one.sheets.append(sheet)
    AnswerSheet.objects.bulk_create(made)
    answers = []
    for one in batch:
        one.application.sheet = one.sheets[0]  # type: ignore[assignment]
        for sheet, asked in zip(one.sheets, one.asked, strict=True):
            for answer in asked.answers.values():
                answer.sheet = sheet  # type: ignore[assignment]
                answers.append(answer)
    Answer.objects.bulk_create(answers)


def _write_choices(batch: Sequence[_Writing]) -> None:
    choices, preferences = [], []
    for one in batch:
        for rank, (stream, sheet) in enumerate(zip(one.streams, one.sheets[1:], strict=True), 1):
            place = {"application": one.application, "stream": stream, "rank": rank, "sheet": sheet}
            choices.append(Choice(**place))
            if one.row.state != ApplicationState.DRAFT:
                preferences.append(Preference(**place))
    Choice.objects.bulk_create(choices)
    Preference.objects.bulk_create(preferences)


def _write_submissions(batch: Sequence[_Writing]) -> None:
    Submission.objects.bulk_create(
        Submission(
            application=one.application,
            number=one.application.submission_count,
            at=one.row.created,
            digest=digest_of(one.content),
            content=one.content,
        )
        for one in batch
        if one.row.state != ApplicationState.DRAFT
    )
