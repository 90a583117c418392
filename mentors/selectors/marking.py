"""Which questions can be marked one by one, whose answers, and how far each marker is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Count, F, Func, JSONField, Q, QuerySet, Value
from django.db.models.functions import MD5, Concat

from applications.models import Application, Submission
from applications.states import ApplicationState
from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.questionnaires.selectors import current_versions
from mats_portal.questionnaires.states import Audience, QuestionKind
from mentors.models import Conflict, Mark, Marking

WRITTEN = (QuestionKind.LONG, QuestionKind.SHORT)
# In a submission's content: the answer to a question of a stream ("" for the general ones), if there is one.
ANSWER = '$.parts[*] ? (@.stream == $stream).answers[*] ? (@.key == $key && @.text != "")'


@dataclass(frozen=True, slots=True)
class MarkableQuestion:
    """A written question that reviewers may read: key, stream (None: general), wording."""

    key: str
    stream: Stream | None
    wording: str

    @property
    def value(self) -> str:
        """How a form names it."""
        return f"{self.stream.code if self.stream else ''}:{self.key}"

    @property
    def label(self) -> str:
        """How a person reads it."""
        return f"{self.stream.name if self.stream else 'All applicants'}: {self.wording}"


def markable_questions(cohort: Cohort) -> list[MarkableQuestion]:
    """The written questions of the cohort's current forms that reviewers may read; the general ones first."""
    streams = {stream.pk: stream for stream in Stream.objects.filter(cohort=cohort)}
    versions = current_versions(cohort)
    return [
        MarkableQuestion(question.key, streams.get(stream or 0), question.wording)
        for stream, version in sorted(versions.items(), key=lambda item: (item[0] is not None, item[0] or 0))
        for question in version.questions.all()
        if question.kind in WRITTEN and question.audience == Audience.REVIEWERS and not question.is_sensitive
    ]


def answers_to(cohort: Cohort, key: str, stream: Stream | None) -> QuerySet[Submission]:
    """The latest submissions of submitted applications that answer the question."""
    facts = {"key": key, "stream": stream.code if stream else ""}
    path = Func(Value(ANSWER), function="", template="(%(expressions)s)::jsonpath")
    has_answer = Func(
        F("content"), path, Value(facts, output_field=JSONField()), function="jsonb_path_exists",
        output_field=BooleanField(),
    )  # fmt: skip
    return Submission.objects.filter(
        has_answer,
        number=F("application__submission_count"),
        application__cohort=cohort,
        application__state=ApplicationState.SUBMITTED,
    )


def applications_to_mark(cohort: Cohort, key: str, stream: Stream | None, marker: Any) -> QuerySet[Application]:
    """Who answered the question; not the marker's own application, and none to which they are tied."""
    tied = Conflict.objects.filter(person_id=marker.pk).values("application")
    answered = Application.objects.filter(pk__in=answers_to(cohort, key, stream).values("application"))
    return answered.exclude(pk__in=tied).exclude(person_id=marker.pk)


def text_of(mark: Mark) -> str:
    """The answer as it was submitted last; "" when it is no longer answered."""
    marking, application = mark.marking, mark.application
    submission = application.submissions.filter(number=application.submission_count).first()
    wanted = marking.stream.code if marking.stream else ""
    parts = submission.content["parts"] if submission else []
    found = (
        answer["text"]
        for part in parts
        if part["stream"] == wanted
        for answer in part["answers"]
        if answer["key"] == marking.question_key
    )
    return next(found, "")


def markings_of(cohort: Cohort) -> QuerySet[Marking, Any]:
    """What is given out by question in the cohort, with `total` and `done`, for staff."""
    counts = Q(marks__application__state=ApplicationState.SUBMITTED)
    rows = Marking.objects.filter(cohort=cohort, removed_at=None)
    return rows.select_related("stream", "criterion", "marker", "cohort").annotate(
        total=Count("marks", filter=counts), done=Count("marks", filter=counts & Q(marks__value__isnull=False))
    )


def own_markings(person: Any) -> QuerySet[Marking]:
    """What the person is to mark, whether or not something is left."""
    rows = Marking.objects.filter(marker_id=person.pk, removed_at=None)
    return rows.select_related("stream", "criterion", "cohort")


def marks_in_order(marking: Marking) -> QuerySet[Mark]:
    """The marker's answers in an order that says nothing of the applicants."""
    shuffled = MD5(Concat(F("application__code"), Value(marking.code)))
    rows = Mark.objects.standing().filter(marking=marking).exclude(application__person_id=marking.marker_id)
    return rows.select_related("application", "marking__stream").defer("application__search").order_by(shuffled)


@dataclass(frozen=True, slots=True)
class MarkQueue:
    """How far a marking is, and the answer to show: the one asked for, else the next without a mark."""

    done: int
    total: int
    mark: Mark | None
    previous: str

    @property
    def left(self) -> int:
        """How many are not marked."""
        return self.total - self.done

    @property
    def words(self) -> str:
        """How far it is: "12 of 124"."""
        return f"{self.done} of {self.total}"


def mark_queue(marking: Marking, code: str = "") -> MarkQueue:
    """The marking's queue at the answer of that application; `previous`: the code of the one marked last before it."""
    rows = marks_in_order(marking)
    counts = rows.order_by().aggregate(total=Count("pk"), done=Count("pk", filter=Q(value__isnull=False)))
    asked = rows.filter(application__code=code).first() if code else None
    shown = asked or rows.filter(value=None).first()
    before = Mark.objects.standing().filter(marking=marking, value__isnull=False).order_by("-given_at", "-pk")
    if shown is not None and shown.given_at is not None:
        before = before.filter(given_at__lt=shown.given_at)
    last = before.values_list("application__code", flat=True).first()
    return MarkQueue(counts["done"], counts["total"], shown, last or "")
