"""Two applications beside each other, as far as one reader may see both: the same question in one row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from applications.models import Application
from applications.selectors import readable_parts, with_names
from mats_portal.cohorts.models import Cohort
from mats_portal.rubrics.models import Score
from mentors.selectors.reviewing import assessable_by
from mentors.selectors.scores import ScoreSummary, score_summaries

Answer = Mapping[str, Any]


class Row(NamedTuple):
    """One question, and what each of the two answered; None where it was not asked."""

    wording: str
    left: Answer | None
    right: Answer | None


class Part(NamedTuple):
    """A titled part with its questions."""

    title: str
    rows: list[Row]


class Points(NamedTuple):
    """One criterion, and the points that the reader gave each of the two; None where there are none."""

    label: str
    left: int | None
    right: int | None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two applications with `shown_name`. points: the reader's own; means: of all readers whom they may see."""

    left: Any
    right: Any
    parts: list[Part]
    points: list[Points]
    means: tuple[ScoreSummary | None, ScoreSummary | None]


def comparable_by(person: Any, cohort: Cohort) -> list[tuple[str, str]]:
    """Code and shown name of the applications of the cohort that the person may score, by that name."""
    rows = with_names(assessable_by(person).in_cohort(cohort), person).order_by("shown_name", "pk")  # type: ignore[attr-defined]
    return list(rows.values_list("code", "shown_name"))


def pair_of(person: Any, cohort: Cohort, left: str, right: str) -> Pair:
    """The applications of these two codes, both of `comparable_by` the person."""
    rows = with_names(Application.objects.filter(cohort=cohort, code__in=(left, right)), person)
    found = {one.code: one for one in rows.select_related("cohort").defer("search")}
    one, other = found[left], found[right]
    summaries = score_summaries(person, Application.objects.filter(pk__in=(one.pk, other.pk)))
    return Pair(
        one,
        other,
        parts_of(readable_parts(one, person), readable_parts(other, person)),
        _own_points(person, one, other),
        (summaries.get(one.pk), summaries.get(other.pk)),
    )


def parts_of(left: list[dict[str, Any]], right: list[dict[str, Any]]) -> list[Part]:
    """The parts of two submissions, joined by stream and title, their answers by key; the left one's order first."""
    titles = list(dict.fromkeys((part["stream"], part["title"]) for part in (*left, *right)))
    return [Part(of[1], _rows(_answers(left, of), _answers(right, of))) for of in titles]


def _answers(parts: list[dict[str, Any]], of: tuple[str, str]) -> dict[str, Answer]:
    """By key, of the part with this stream and title."""
    return {
        answer["key"]: answer for part in parts if (part["stream"], part["title"]) == of for answer in part["answers"]
    }


def _rows(left: dict[str, Answer], right: dict[str, Answer]) -> list[Row]:
    keys = dict.fromkeys((*left, *right))
    return [Row(str((left.get(key) or right[key])["wording"]), left.get(key), right.get(key)) for key in keys]


def _own_points(person: Any, one: Application, other: Application) -> list[Points]:
    """Criterion by criterion, in the rubric's order; nothing before the first score."""
    rows = Score.objects.filter(
        sheet__assessment__reviewer=person.pk, sheet__assessment__application__in=(one.pk, other.pk)
    ).order_by("criterion__position", "criterion__key")
    labels: dict[str, str] = {}
    given: dict[tuple[int, str], int] = {}
    names = ("sheet__assessment__application_id", "criterion__key", "criterion__label", "value")
    for application, key, label, value in rows.values_list(*names):
        labels.setdefault(key, label)
        given[application, key] = value
    return [Points(label, given.get((one.pk, key)), given.get((other.pk, key))) for key, label in labels.items()]
