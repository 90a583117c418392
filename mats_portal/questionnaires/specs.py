"""A question as it is written down before it becomes part of a version."""

from __future__ import annotations

from dataclasses import dataclass

from mats_portal.questionnaires.models import Question
from mats_portal.questionnaires.states import Audience, QuestionKind, Retention


@dataclass(frozen=True, slots=True)
class QuestionSpec:
    """Everything about a question but its place; see `models.Question` for the fields."""

    key: str
    kind: QuestionKind
    wording: str
    help: str = ""
    section: str = ""
    options: tuple[str, ...] = ()
    is_required: bool = True
    is_sensitive: bool = False
    audience: Audience = Audience.REVIEWERS
    max_words: int = 0
    measures: str = ""
    purpose: str = ""
    retention: Retention = Retention.APPLICATION
    anchors: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    max_characters: int = 0
    is_markdown: bool = False
    shown_if: str = ""
    shown_if_options: tuple[str, ...] = ()
    is_shared: bool = False
    accepted: tuple[str, ...] = ()
    refusal: str = ""
    max_megabytes: int = 0

    @classmethod
    def of(cls, question: Question) -> QuestionSpec:
        """The specification that made this question."""
        return cls(
            key=question.key,
            kind=QuestionKind(question.kind),
            wording=question.wording,
            help=question.help,
            section=question.section,
            options=tuple(question.options),
            is_required=question.is_required,
            is_sensitive=question.is_sensitive,
            audience=Audience(question.audience),
            max_words=question.max_words,
            measures=question.measures,
            purpose=question.purpose,
            retention=Retention(question.retention),
            anchors=tuple(question.anchors),
            rows=tuple(question.rows),
            max_characters=question.max_characters,
            is_markdown=question.is_markdown,
            shown_if=question.shown_if,
            shown_if_options=tuple(question.shown_if_options),
            is_shared=question.is_shared,
            accepted=tuple(question.accepted),
            refusal=question.refusal,
            max_megabytes=question.max_megabytes,
        )
