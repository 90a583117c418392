"""The file that comes with an application."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.signals import post_delete

from applications.models.application import Application
from mats_portal.questionnaires.models import StoredPdf, remove_file
from mats_portal.web import uploads


def stored_name(document: Document, name: str) -> str:
    """Where a CV is kept."""
    return uploads.stored_name("cv")


class Document(StoredPdf):
    """A CV as it was uploaded: a PDF that was looked into.

    is_current: the one of the draft; is_submitted: the one of the latest submission, which
    others read. A row that is neither is deleted, and its file with it.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="documents")
    file = models.FileField(upload_to=stored_name, max_length=200)
    is_current = models.BooleanField(default=True)
    is_submitted = models.BooleanField(default=False)

    class Meta:
        ordering = ("-id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["application"], condition=models.Q(is_current=True), name="one_current_document_per_application"
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=models.Q(is_submitted=True),
                name="one_submitted_document_per_application",
            ),
            models.CheckConstraint(
                condition=models.Q(is_current=True) | models.Q(is_submitted=True), name="document_is_of_use"
            ),
        ]


post_delete.connect(remove_file, sender=Document)
