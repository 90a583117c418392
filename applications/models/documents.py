"""The file that comes with an application."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models.functions import Now
from django.db.models.signals import post_delete
from django.dispatch import receiver

from applications.models.application import Application
from mats_portal.web.codes import new_token


def stored_name(document: Document, name: str) -> str:
    """Where a file is kept: a name of our own making, of which nothing comes from whoever sent it."""
    token = new_token()
    return f"cv/{token[:2]}/{token}.pdf"


class Document(models.Model):
    """A CV as it was uploaded: a PDF that was looked into.

    is_current: the one of the draft; is_submitted: the one of the latest submission, which
    others read. A row that is neither is deleted, and its file with it. name: as shown.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="documents")
    file = models.FileField(upload_to=stored_name, max_length=200)
    name = models.CharField(max_length=100)
    size = models.PositiveIntegerField(help_text="In bytes.")
    pages = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file.")
    uploaded_at = models.DateTimeField(db_default=Now())
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

    def __str__(self) -> str:
        return self.name


@receiver(post_delete, sender=Document)
def remove_file(instance: Document, using: str, **kwargs: Any) -> None:
    """Remove the file once its row is gone for good, whichever way the row went (a cascade, too)."""
    if instance.file.name:
        transaction.on_commit(partial(default_storage.delete, instance.file.name), using=using)
