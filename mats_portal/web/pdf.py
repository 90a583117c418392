"""Whether an uploaded file is a PDF that may be kept: by its content, never by its name."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from mats_portal.web.errors import Refusal

MEGABYTE = 1024 * 1024
LARGEST_MEGABYTES = 10


class NotAPdf(Refusal):
    """This is not a PDF that can be opened. Export it as a PDF once more and upload that."""


class LockedPdf(Refusal):
    """This PDF is protected by a password. Export it without one and upload it again."""


class ActivePdf(Refusal):
    """This PDF carries scripts or other files inside it. Export it as a plain PDF and upload that."""


class TooManyPages(Refusal):
    """This PDF has more than 50 pages. Keep to the pages that people should read, and upload those."""


class FileTooLarge(Refusal):
    """The file is larger than 10 MB. Export it with smaller pictures and upload it again."""

    def __init__(self, megabytes: int = LARGEST_MEGABYTES) -> None:
        super().__init__(
            f"The file is larger than {megabytes} MB. Export it with smaller pictures and upload it again."
        )


logger = logging.getLogger(__name__)
CHILD = Path(__file__).with_name("pdf_child.py")
LARGEST = LARGEST_MEGABYTES * MEGABYTE
SECONDS = 10
REFUSALS = {"broken": NotAPdf, "locked": LockedPdf, "active": ActivePdf, "long": TooManyPages}


def pages_of(content: bytes) -> int:
    """How many pages the PDF has, counted in a process of its own that can do no harm.

    Raises `FileTooLarge`, `NotAPdf`, `LockedPdf`, `ActivePdf`, `TooManyPages`.
    """
    if len(content) > LARGEST:
        raise FileTooLarge
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-2048:]:
        raise NotAPdf
    found = _ask(content)
    if refused := REFUSALS.get(found.get("refused", "")):
        raise refused
    return int(found["pages"])


def _ask(content: bytes) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="look-") as empty:
        try:
            done = subprocess.run(
                [sys.executable, "-I", str(CHILD)],
                input=content,
                capture_output=True,
                timeout=SECONDS,
                check=True,
                cwd=empty,
            )
            told: dict[str, Any] = json.loads(done.stdout)
        except (subprocess.SubprocessError, ValueError) as error:  # out of time or memory, or silenced
            logger.warning("A PDF could not be looked into: %s", type(error).__name__)
            return {"refused": "broken"}
    return told
