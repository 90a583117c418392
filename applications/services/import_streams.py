"""Streams from a file: tracks, seats, mentors and their questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from applications.imports import streams
from applications.imports.mapping import Target
from applications.imports.streams import AskedQuestion, StreamRow
from applications.services.import_kinds import Fate, Importer, people_by_address
from mats_portal.cohorts.models import Cohort, Membership, Stream, Track
from mats_portal.cohorts.states import SIDE_OF_ROLE, CohortRole, Side
from mats_portal.questionnaires.selectors import current_versions, questions_of
from mats_portal.questionnaires.services import make_version, open_questionnaire
from mats_portal.questionnaires.specs import QuestionSpec
from mats_portal.questionnaires.states import Purpose

HUES = 12


class StreamsImport(Importer):
    """The name is the key. Mentors are added, never ended; questions that differ make the next version."""

    @classmethod
    def targets(cls, cohort: Cohort) -> Sequence[Target]:
        """What a column can be."""
        return streams.TARGETS

    def parse(self, line: int, row: Mapping[str, str]) -> StreamRow:
        """The row as data."""
        parsed = streams.parse(line, row)
        self.once(parsed.name, line)
        return parsed

    def compare(self, rows: list[StreamRow]) -> list[tuple[StreamRow, Fate | str]]:
        """Each stream's fate."""
        there = {stream.name: stream for stream in self.cohort.streams.select_related("track")}
        asked = {key: questions_of(version) for key, version in current_versions(self.cohort).items()}
        addresses = [address for row in rows for _, address in row.mentors]
        memberships = Membership.objects.in_cohort(self.cohort).filter(person__email__in=addresses)
        helping = set(memberships.filter(side=Side.SUPPORT).values_list("person__email", flat=True))
        leads = set(memberships.open().in_role(CohortRole.MENTOR).values_list("person__email", "stream_id"))
        found: list[tuple[StreamRow, Fate | str]] = []
        for row in rows:
            stream = there.get(row.name)
            if on_support := [address for _, address in row.mentors if address in helping]:
                found.append((row, f"{on_support[0]} supports scholars in this cohort, so cannot mentor in it."))
            elif stream is None:
                found.append((row, Fate.NEW))
            elif row.seats < stream.seats_taken:
                found.append((row, f"{stream.seats_taken} seats are taken already; {row.seats} are too few."))
            else:
                same = (
                    _facts(row) == _facts(stream)
                    and row.track == (stream.track.name if stream.track else "")
                    and all((address, stream.pk) in leads for _, address in row.mentors)
                    and _same_questions(row.questions, [QuestionSpec.of(one) for one in asked.get(stream.pk, [])])
                )
                found.append((row, Fate.UNCHANGED if same else Fate.CHANGED))
        return found

    def write(self, rows: list[StreamRow]) -> None:
        """Write each stream with its track, mentors and questions."""
        wanted = ((address, name, "") for row in rows for name, address in row.mentors)
        people = people_by_address(wanted, is_synthetic=self.cohort.is_synthetic)
        hue = self.cohort.streams.count()
        for row in rows:
            track = Track.objects.get_or_create(cohort=self.cohort, name=row.track)[0] if row.track else None
            stream, is_new = Stream.objects.update_or_create(
                cohort=self.cohort,
                name=row.name,
                defaults={**_facts(row), "track": track},
                create_defaults={**_facts(row), "track": track, "hue": hue % HUES},
            )
            hue += is_new
            for _, address in row.mentors:
                Membership.objects.get_or_create(
                    cohort=self.cohort,
                    person=people[address],
                    role=CohortRole.MENTOR,
                    stream=stream,
                    until=None,
                    defaults={"side": SIDE_OF_ROLE[CohortRole.MENTOR], "reason": "imported"},
                )
            self._ask(stream, row.questions)

    def _ask(self, stream: Stream, questions: Sequence[AskedQuestion]) -> None:
        if not questions:
            return
        questionnaire = open_questionnaire(cohort=self.cohort, purpose=Purpose.STREAM, stream=stream)
        make_version(questionnaire=questionnaire, questions=specs_of(questions), by=self.by)


def specs_of(questions: Sequence[AskedQuestion]) -> list[QuestionSpec]:
    """The questions of a stream as specifications, with keys by place."""
    return [
        QuestionSpec(
            key=f"q{number}",
            kind=question.kind,
            wording=question.wording,
            section="Stream questions",
            is_required=question.is_required,
            max_words=question.max_words,
            is_shared=question.is_shared,
        )
        for number, question in enumerate(questions, 1)
    ]


def _same_questions(asked: Sequence[AskedQuestion], there: Sequence[QuestionSpec]) -> bool:
    return not asked or specs_of(asked) == list(there)


def _facts(row: StreamRow | Stream) -> dict[str, object]:
    return {"agenda": row.agenda, "seats": row.seats, "viewpoint": row.viewpoint}
