"""Questionnaire, its versions, their questions, and what people answered."""

from functools import partial
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models.functions import Now
from django.db.models.signals import post_delete
from django.utils import timezone

from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.questionnaires.states import Audience, Purpose, QuestionKind, Retention
from mats_portal.web.codes import new_code
from mats_portal.web.uploads import stored_name


class Questionnaire(models.Model):
    """The questions of one purpose in one cohort (and one stream, for stream questions)."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="questionnaires")
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    stream = models.OneToOneField(Stream, null=True, blank=True, on_delete=models.CASCADE, related_name="questionnaire")
    minutes = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Empty: estimated from the questions.")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["cohort", "purpose", "stream"],
                nulls_distinct=False,
                name="one_questionnaire_of_a_purpose",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}, {self.stream or self.cohort}"


class Version(models.Model):
    """One wording of a questionnaire. Once somebody answered it, it never changes: an edit makes the next one."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-number",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="one_version_of_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire}, version {self.number}"


class Question(models.Model):
    """One question as it was asked.

    key: stays the same over versions, so that answers can be compared; options: for the
    kinds of `CHOICE_KINDS`; anchors: what the points of a scale mean, one for each or none;
    rows: the lines of a grid; max_words, max_characters: 0 for none; is_markdown: a long
    text may be set in Markdown; max_megabytes: how large a file may be, 0 for as large as
    the portal takes; measures: a name that reports know ("education", "channels", "hours" …)
    or blank; purpose: why it is asked, as the applicant reads it beside the question;
    retention: how long the answer is kept; shown_if, shown_if_options: the key of an earlier
    question, and after which of its answers this one is asked; is_shared: other streams that
    ask the same take one answer; accepted, refusal: of an eligibility question, which answers
    let somebody apply, and what the others are told.
    """

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=60)
    kind = models.CharField(max_length=10, choices=QuestionKind.choices)
    wording = models.TextField()
    help = models.TextField(blank=True)
    section = models.CharField(max_length=100, blank=True)
    options = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    anchors = ArrayField(models.CharField(max_length=200, blank=True), default=list, blank=True)
    rows = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    is_required = models.BooleanField(default=True)
    is_sensitive = models.BooleanField(default=False)
    audience = models.CharField(max_length=12, choices=Audience.choices, default=Audience.REVIEWERS)
    max_words = models.PositiveIntegerField(default=0)
    max_characters = models.PositiveIntegerField(default=0)
    is_markdown = models.BooleanField(default=False)
    max_megabytes = models.PositiveSmallIntegerField(default=0)
    measures = models.CharField(max_length=40, blank=True)
    purpose = models.TextField(blank=True)
    retention = models.CharField(max_length=12, choices=Retention.choices, default=Retention.APPLICATION)
    shown_if = models.SlugField(max_length=60, blank=True)
    shown_if_options = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    is_shared = models.BooleanField(default=False)
    accepted = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    refusal = models.TextField(blank=True)

    class Meta:
        ordering = ("position",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["version", "key"], name="one_question_of_a_key_per_version")
        ]

    def __str__(self) -> str:
        return self.wording


class AnswerSheet(models.Model):
    """One person's answers to one version. `revision` grows with each save and stops lost updates."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="sheets")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="answer_sheets")
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"answers to {self.version}"


class StoredPdf(models.Model):
    """A PDF that was looked into; whatever way its row goes, `remove_file` takes the file along. name: as shown."""

    file: models.FileField
    name = models.CharField(max_length=100)
    size = models.PositiveIntegerField(help_text="In bytes.")
    pages = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file.")
    uploaded_at = models.DateTimeField(db_default=Now())

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


def remove_file(instance: Any, using: str, **kwargs: Any) -> None:
    """Remove the file once its row is gone for good, whichever way the row went (a cascade, too)."""
    if instance.file.name:
        transaction.on_commit(partial(default_storage.delete, instance.file.name), using=using)


def answer_file_name(file: "AnswerFile", name: str) -> str:
    """Where the file of an answer is kept."""
    return stored_name("answers")


class AnswerFileQuerySet(models.QuerySet["AnswerFile"]):
    """Files of answers, narrowed by adjectives."""

    def unused(self) -> "AnswerFileQuerySet":
        """Those that no answer gives any more and that nothing else holds on to."""
        return self.filter(is_held=False, answers=None)


class AnswerFile(StoredPdf):
    """The file that an answer gives. It is kept while an answer gives it, or while what was submitted holds it.

    sheet: on which it was uploaded; answers that several streams share give the same file.
    """

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    sheet = models.ForeignKey(AnswerSheet, on_delete=models.CASCADE, related_name="files")
    file = models.FileField(upload_to=answer_file_name, max_length=200)
    is_held = models.BooleanField(default=False)

    objects = AnswerFileQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)


post_delete.connect(remove_file, sender=AnswerFile)


class Answer(models.Model):
    """What somebody answered: text for most kinds, choices for those of `CHOICE_KINDS`.

    choices: in the order of the question; of a ranked list best first; of a grid one for each
    row, "" where there is none yet.

    file: for a question that takes one; its name is the text (of an imported answer the text is all there is).

    revision: that of the sheet when this answer last changed, so that two pages of one
    sheet may be open at once and only an answer changed in both is a conflict.
    """

    sheet = models.ForeignKey(AnswerSheet, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField(blank=True)
    choices = ArrayField(models.CharField(max_length=200, blank=True), default=list, blank=True)
    file = models.ForeignKey(AnswerFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="answers")
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sheet", "question"], name="one_answer_per_question")
        ]

    def __str__(self) -> str:
        return f"an answer to question {self.question_id}"
