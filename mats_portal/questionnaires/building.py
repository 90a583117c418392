"""Reads for those who build questionnaires: what changed, who answers, what other streams share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from django.db.models import Count

from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.questionnaires.changes import Change, changes_between
from mats_portal.questionnaires.models import Questionnaire, Version
from mats_portal.questionnaires.selectors import current_versions, questions_of
from mats_portal.questionnaires.sharing import identity
from mats_portal.questionnaires.specs import QuestionSpec


@dataclass(frozen=True, slots=True)
class PastVersion:
    """A version with what changed in it; `answering`: how many people have begun to answer it."""

    version: Version
    changes: list[Change]
    answering: int
    is_current: bool

    @property
    def title(self) -> str:
        """What it is called."""
        return f"Version {self.version.number}"


@dataclass(frozen=True, slots=True)
class Shareable:
    """A question that other streams share, and which do."""

    code: str
    spec: QuestionSpec
    streams: tuple[Stream, ...]

    def as_own(self, key: str) -> QuestionSpec:
        """The question as another stream would ask it: by its own key, to everybody."""
        return replace(self.spec, key=key, section="", shown_if="", shown_if_options=())


def specs_of(version: Version) -> list[QuestionSpec]:
    """The questions of a version as they were written down."""
    return [QuestionSpec.of(question) for question in questions_of(version)]


def answering_count(version: Version) -> int:
    """How many people have begun to answer this version."""
    return version.sheets.count()


def history_of(questionnaire: Questionnaire) -> list[PastVersion]:
    """Every version, newest first, with what changed from the one before it."""
    rows = list(
        questionnaire.versions.prefetch_related("questions").annotate(answering=Count("sheets")).order_by("number")
    )
    asked = [[], *map(specs_of, rows)]
    steps = zip(rows, pairwise(asked), strict=True)
    found = [PastVersion(row, changes_between(old, new), row.answering, row is rows[-1]) for row, (old, new) in steps]
    return found[::-1]


def streams_sharing(cohort: Cohort, specs: Sequence[QuestionSpec], own: Stream | None) -> dict[str, list[Stream]]:
    """For each shared question, by its key, the other streams of the cohort that ask the same."""
    wanted = {same: spec.key for spec in specs if (same := identity(spec))}
    found: dict[str, list[Stream]] = {}
    if own is None or not wanted:
        return found
    for stream, asked in _asked_by_others(cohort, own):
        for same in filter(None, map(identity, asked)):
            if same in wanted:
                found.setdefault(wanted[same], []).append(stream)
    return found


def questions_to_share(cohort: Cohort, own: Stream | None, specs: Sequence[QuestionSpec]) -> list[Shareable]:
    """The questions that other streams of the cohort share and this one does not ask yet."""
    if own is None:
        return []
    taken = {identity(spec) for spec in specs}
    found: dict[tuple[object, ...], Shareable] = {}
    for stream, asked in _asked_by_others(cohort, own):
        for spec in asked:
            same = identity(spec)
            if same is None or same in taken:
                continue
            before = found.get(same, Shareable(f"{stream.code}.{spec.key}", spec, ()))
            found[same] = replace(before, streams=(*before.streams, stream))
    return list(found.values())


def _asked_by_others(cohort: Cohort, own: Stream) -> list[tuple[Stream, list[QuestionSpec]]]:
    versions = current_versions(cohort)
    streams = cohort.streams.exclude(pk=own.pk).order_by("name")
    return [(stream, specs_of(versions[stream.pk])) for stream in streams if stream.pk in versions]
