"""Applications from a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from applications.defaults import general_questions
from applications.imports import applications as parsing
from applications.imports.applications import ApplicationRow, KnownForm, KnownQuestion
from applications.imports.mapping import Target
from applications.models import Application
from applications.outreach.selectors import listed_names
from applications.services.import_kinds import Fate, Importer
from applications.services.import_writing import write_applications
from applications.services.questions import make_default_questions
from applications.states import Source
from mats_portal.cohorts.models import Cohort
from mats_portal.questionnaires.models import Version
from mats_portal.questionnaires.selectors import current_versions, questions_of
from mats_portal.questionnaires.specs import QuestionSpec


class ApplicationsImport(Importer):
    """The record ID is the key; one application per person. What an applicant changed here since is left alone."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._form = known_form(self.cohort)
        self._versions: dict[int | None, Version] | None = None

    @classmethod
    def targets(cls, cohort: Cohort) -> Sequence[Target]:
        """What a column can be: it depends on the questions that the cohort asks."""
        return parsing.targets(known_form(cohort))

    def parse(self, line: int, row: Mapping[str, str]) -> ApplicationRow:
        """The row as data."""
        parsed = parsing.parse(line, row, form=self._form, zone=self.zone)
        self.once(parsed.external_id, line)
        self.once(parsed.email, line)
        return parsed

    def compare(self, rows: list[ApplicationRow]) -> list[tuple[ApplicationRow, Fate | str]]:
        """Each application's fate."""
        there = Application.objects.in_cohort(self.cohort).select_related("person")
        by_record = {one.external_id: one for one in there.filter(external_id__in=[row.external_id for row in rows])}
        by_address = {one.person.email: one for one in there.filter(person__email__in=[row.email for row in rows])}
        return [(row, _fate(row, by_record.get(row.external_id), by_address.get(row.email))) for row in rows]

    def write(self, rows: list[ApplicationRow]) -> None:
        """Write the applications with everything that belongs to them."""
        if self._versions is None:
            make_default_questions(cohort=self.cohort, by=self.by)
            self._versions = current_versions(self.cohort)
        write_applications(self.cohort, rows, self._versions)


def _fate(row: ApplicationRow, record: Application | None, own: Application | None) -> Fate | str:
    if record is None:
        return f"{row.email} has an application to this cohort already." if own else Fate.NEW
    if record.person.email != row.email:
        return "This record came with another e-mail address before. Check which one is right."
    if record.import_digest == row.digest:
        return Fate.UNCHANGED
    if record.source != Source.IMPORT or record.changed_at != record.started_at:
        return "The applicant has changed this application in the portal since; it is left as it is."
    return Fate.CHANGED


def known_form(cohort: Cohort) -> KnownForm:
    """The questions that a file's columns can answer: the current ones, or the defaults while there are none."""
    versions = current_versions(cohort)
    general = versions.get(None)
    specs = _specs(general) if general else general_questions(listed_names())
    streams = {
        stream.name: tuple(map(_known, _specs(versions[stream.pk]))) if stream.pk in versions else ()
        for stream in cohort.streams.all()
    }
    return KnownForm(tuple(map(_known, specs)), streams)


def _specs(version: Version) -> list[QuestionSpec]:
    return [QuestionSpec.of(question) for question in questions_of(version)]


def _known(spec: QuestionSpec) -> KnownQuestion:
    return KnownQuestion(spec.key, spec.kind, spec.wording, spec.options, spec.rows)
