"""Whether an uploaded file is a PDF that may be kept: by its content, never by its name."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from applications.errors import ActivePdf, FileTooLarge, LockedPdf, NotAPdf, TooManyPages

logger = logging.getLogger(__name__)
CHILD = Path(__file__).with_name("pdf_child.py")
LARGEST = 10 * 1024 * 1024
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
