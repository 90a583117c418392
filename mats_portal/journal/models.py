"""One entry for each act that changed something; and what can be undone for a while."""

from __future__ import annotations

import re
from typing import ClassVar

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.urls import reverse

from mats_portal.web.codes import new_code

DIGEST = re.compile(r"[0-9a-f]{40,}")
CODE_WORDS = re.compile(r"[a-z]+(_[a-z]+)+")  # the name of a state or a role: "technical_lead"


class Entry(models.Model):
    """An act: who, what, on which thing, in which cohort, with the facts that explain it.

    `subject` is "<model label>:<public code>", so that an entry outlives its subject;
    facts hold codes, states and reasons, never answers, scores' texts or letters.
    """

    at = models.DateTimeField(db_default=Now())
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=100)
    cohort_slug = models.SlugField(max_length=60, blank=True)
    facts = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name_plural = "entries"
        ordering = ("-id",)
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["subject", "-id"], name="entries_of_a_subject"),
            models.Index(fields=["cohort_slug", "-id"], name="entries_of_a_cohort"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"

    @property
    def subject_words(self) -> str:
        """What kind of thing it was done to: "score sheet", "cohort"."""
        label = self.subject.partition(":")[0]
        try:
            return str(apps.get_model(label)._meta.verbose_name)
        except LookupError:
            return label.rpartition(".")[2]

    @property
    def facts_words(self) -> str:
        """The facts in one line: "role: mentor · seats"; of what changed from one value to another, its name only.

        Of a digest, which is there to be compared, as much as tells it from another.
        """
        told = {name.replace("_", " "): value for name, value in self.facts.items() if value not in ("", None)}
        return " · ".join(f"{name}: {_word(v)}" if isinstance(v, str | int) else name for name, v in told.items())


def _word(value: str | int) -> str:
    """A fact as people read it: yes and no, one word for a code of several, a digest by its beginning."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    said = str(value)
    return said[:8] if DIGEST.fullmatch(said) else said.replace("_", " ") if CODE_WORDS.fullmatch(said) else said


class Deed(models.Model):
    """Something done to many things at once that can be undone until a moment: by whoever did it, once.

    kind: the name of the `UndoKind` that knows how; facts: what that needs, in codes and keys.
    """

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    kind = models.CharField(max_length=60)
    sentence = models.CharField(max_length=300, help_text="What was done, as its doer reads it.")
    cohort_slug = models.SlugField(max_length=60, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="deeds")
    at = models.DateTimeField(db_default=Now())
    until = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)
    facts = models.JSONField(default=dict, blank=True)

    objects: ClassVar[models.Manager[Deed]] = models.Manager()

    class Meta:
        ordering = ("-id",)
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["by", "-id"], name="deeds_of_a_person")]

    def __str__(self) -> str:
        return self.sentence

    def get_absolute_url(self) -> str:
        """Where it can be undone."""
        return reverse("journal:deed", args=[self.code])
