"""Application, the streams chosen in it, and what was submitted."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Now
from django.urls import reverse

from applications.states import ApplicationState, Education, ImportKind, Prerequisite, Source, SubmissionTiming
from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.questionnaires.models import AnswerSheet
from mats_portal.web.codes import new_code


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Applications, narrowed by adjectives."""

    def submitted(self) -> ApplicationQuerySet:
        """Those that are submitted now: the canonical count of applicants, once per person."""
        return self.filter(state=ApplicationState.SUBMITTED)

    def in_cohort(self, cohort: Cohort) -> ApplicationQuerySet:
        """Those to one cohort."""
        return self.filter(cohort=cohort)

    def for_stream(self, stream: Stream) -> ApplicationQuerySet:
        """Those that name the stream among their submitted preferences."""
        return self.filter(preferences__stream=stream)

    def of(self, person: object) -> ApplicationQuerySet:
        """Those of one person."""
        return self.filter(person_id=getattr(person, "pk", None))


class Application(models.Model):
    """One person's application to one cohort.

    `sheet` and the choices are the draft, always editable by the applicant; what others
    read is the latest `Submission` and the preferences, which change only by submitting.
    The fields from `education` to `channels` are copied from the answers when
    submitting; `review_count` and `review_mean` are kept by the reviewing storey.
    `changed_at` moves only when the applicant acts. `late_saved_at`: text was kept
    after the close, and not submitted.
    """

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="applications")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="applications")
    state = models.CharField(max_length=12, choices=ApplicationState.choices, default=ApplicationState.DRAFT)
    sheet = models.OneToOneField(AnswerSheet, on_delete=models.PROTECT, related_name="application")
    started_at = models.DateTimeField(db_default=Now())
    changed_at = models.DateTimeField(db_default=Now())
    submitted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    joined_to = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="joined",
        help_text="The other application of the same person that is read instead, while this one is set aside.",
    )
    late_saved_at = models.DateTimeField(null=True, blank=True)
    submission_count = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(max_length=8, choices=Source.choices, default=Source.FORM)
    external_id = models.CharField(max_length=100, blank=True)
    import_digest = models.CharField(max_length=64, blank=True, help_text="Of the row that it was imported from.")

    education = models.PositiveSmallIntegerField(choices=Education.choices, null=True, blank=True)
    field = models.CharField(max_length=100, blank=True)
    years = models.PositiveSmallIntegerField(null=True, blank=True, help_text="10 stands for ten and more.")
    hours = models.PositiveSmallIntegerField(null=True, blank=True)
    available_from = models.DateField(null=True, blank=True)
    available_until = models.DateField(null=True, blank=True)
    commitments = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Hours a week for other things.")
    time_zone = models.CharField(max_length=64, blank=True)
    prerequisite = models.CharField(max_length=10, choices=Prerequisite.choices, blank=True)
    is_already_in_field = models.BooleanField(null=True, blank=True)
    channels = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    search = SearchVectorField(null=True, editable=False)

    review_count = models.PositiveSmallIntegerField(default=0)
    review_mean = models.DecimalField(max_digits=4, decimal_places=2, null=True, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ("-changed_at", "-id")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["cohort", "-changed_at", "-id"], name="applications_by_change"),
            models.Index(fields=["cohort", "state", "-changed_at", "-id"], name="applications_by_state"),
            GinIndex(fields=["search"], name="applications_by_words"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["cohort", "person"], name="one_application_per_person_and_cohort"),
            models.UniqueConstraint(
                fields=["cohort", "external_id"],
                condition=~models.Q(external_id=""),
                name="one_application_per_imported_record",
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft") | models.Q(state="withdrawn") | models.Q(submitted_at__isnull=False),
                name="submitted_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"application {self.code}"

    def get_absolute_url(self) -> str:
        """The page on which staff and mentors read it."""
        return reverse("applications:application", args=[self.cohort.slug, self.code])

    @property
    def background(self) -> str:
        """Education and field in one line, as submitted."""
        education = self.get_education_display() if self.education else ""
        return ", ".join(filter(None, [education, self.field.lower()]))


class Choice(models.Model):
    """A stream that the applicant has put on the draft list, and the draft answers to its questions."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="choices")
    stream = models.ForeignKey(Stream, on_delete=models.PROTECT, related_name="choices")
    rank = models.PositiveSmallIntegerField(null=True, help_text="Empty when taken off the list; its text is kept.")
    sheet = models.OneToOneField(
        AnswerSheet, null=True, blank=True, on_delete=models.PROTECT, related_name="stream_choice"
    )

    class Meta:
        ordering = ("rank",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["application", "stream"], name="one_choice_per_stream"),
            models.UniqueConstraint(
                fields=["application", "rank"], name="one_choice_per_rank", deferrable=models.Deferrable.DEFERRED
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.stream}"


class Preference(models.Model):
    """A stream as ranked in the latest submission, best first from 1. Mentors and matching read these."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="preferences")
    stream = models.ForeignKey(Stream, on_delete=models.PROTECT, related_name="preferences")
    rank = models.PositiveSmallIntegerField()
    sheet = models.ForeignKey(AnswerSheet, null=True, blank=True, on_delete=models.PROTECT, related_name="preferences")

    class Meta:
        ordering = ("rank",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["application", "stream"], name="one_preference_per_stream"),
            models.UniqueConstraint(
                fields=["application", "rank"], name="one_preference_per_rank", deferrable=models.Deferrable.DEFERRED
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.stream}"


class Submission(models.Model):
    """What was submitted, frozen: the wording, the answers, the streams. The database refuses to change it.

    It may only be emptied: when its person is erased, or its sensitive answers are due to go.

    digest: SHA-256 of the canonical JSON of `content`; the receipt names it. timing: in time,
    in the hidden grace, or written after the close and admitted by staff.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField(db_default=Now())
    closes_at = models.DateTimeField(null=True, blank=True, help_text="The deadline that it was judged by.")
    timing = models.CharField(
        max_length=10, choices=SubmissionTiming.choices, default=SubmissionTiming.IN_TIME, editable=False
    )
    digest = models.CharField(max_length=64)
    content = models.JSONField()
    emptied_at = models.DateTimeField(
        null=True, blank=True, help_text="When answers were last taken out of it for good."
    )

    class Meta:
        ordering = ("-number",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["application", "number"], name="one_submission_per_number")
        ]

    def __str__(self) -> str:
        return f"submission {self.number} of {self.application_id}"


class ImportFile(models.Model):
    """A file that staff uploaded, until it is imported or thrown away; then its content is emptied.

    mapping: for each column the name of what it holds, "" for a column left out.
    """

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="import_files")
    kind = models.CharField(max_length=12, choices=ImportKind.choices)
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    mapping = ArrayField(models.CharField(max_length=200, blank=True), default=list, blank=True)
    zone = models.CharField(max_length=64, default="UTC")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    uploaded_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-uploaded_at",)

    def __str__(self) -> str:
        return self.name
