"""A PDF that somebody uploads: looked into, named so that it can be shown, and stored where no address leads."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from mats_portal.web.codes import new_token
from mats_portal.web.pdf import LARGEST_MEGABYTES, MEGABYTE, FileTooLarge, pages_of
from mats_portal.web.text import clean_line

_SEPARATORS = re.compile(r'[/\\:*?"<>|;%]+')


@dataclass(frozen=True, slots=True)
class Pdf:
    """What is known of a PDF that was looked into; size: in bytes; digest: SHA-256 of its content."""

    name: str
    size: int
    pages: int
    digest: str


def look_into(name: str, content: bytes, *, megabytes: int = LARGEST_MEGABYTES, otherwise: str = "CV") -> Pdf:
    """The facts of a PDF that may be kept; otherwise: what it is called when its own name says nothing.

    Raises `FileTooLarge`, and as `pdf.pages_of` does. It takes up to ten seconds: ask before a transaction.
    """
    if len(content) > megabytes * MEGABYTE:
        raise FileTooLarge(megabytes)
    pages = pages_of(content)
    return Pdf(display_name(name, otherwise), len(content), pages, hashlib.sha256(content).hexdigest())


def stored_name(folder: str) -> str:
    """Where a file is kept: a name of our own making, of which nothing comes from whoever sent it."""
    token = new_token()
    return f"{folder}/{token[:2]}/{token}.pdf"


@contextmanager
def stored(content: bytes, folder: str) -> Iterator[str]:
    """The name under which the content is stored; it goes again when what is done with it fails."""
    name = default_storage.save(stored_name(folder), ContentFile(content))
    try:
        yield name
    except BaseException:
        default_storage.delete(name)
        raise


def display_name(name: str, otherwise: str = "CV") -> str:
    """What a file is shown and downloaded as: one line without anything that a path, a header or an eye trips over."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(character for character in last if not unicodedata.category(character).startswith("C"))
    plain = clean_line(_SEPARATORS.sub(" ", plain))
    plain = re.sub(r"\.pdf$", "", plain, flags=re.IGNORECASE).strip(". ")[:90]
    return f"{plain or otherwise}.pdf"
