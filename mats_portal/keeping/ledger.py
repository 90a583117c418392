"""The erasure ledger: who was erased, by public code, in a file outside of the database.

A copy of the database that is put back brings erased people back; the ledger takes them away
again. It holds codes alone, one a line, and is backed up apart from the database.
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings


def note(code: str) -> None:
    """Add a code to the ledger; one that stands there already is not added again."""
    path = Path(settings.ERASURE_LEDGER)
    if code in noted():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="ascii") as ledger:
        ledger.write(f"{code}\n")


def noted() -> list[str]:
    """The codes in the ledger, oldest first; none while there is no ledger."""
    path = Path(settings.ERASURE_LEDGER)
    return path.read_text(encoding="ascii").split() if path.exists() else []
