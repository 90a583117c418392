"""The process that looks into an uploaded PDF: the file on standard input, what was found as JSON on standard output.

It stands alone (no Django) under limits of time and memory, because the file may be
made to hang or to bloat whoever opens it. Nothing is drawn, run or followed.
"""

import json
import resource
import sys
from io import BytesIO
from typing import Any

SECONDS = 5
MEMORY = 512 * 1024**2
MOST_PAGES = 50
RUNNING = ("/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/RichMediaExecute")


def main() -> None:
    """Say what the file is: {"pages": n}, or {"refused": why}."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        found = look_into(sys.stdin.buffer.read())
    except (Exception, RecursionError, MemoryError):  # a broken file breaks its reader in any way it likes
        found = {"refused": "broken"}
    sys.stdout.write(json.dumps(found))


def look_into(content: bytes) -> dict[str, Any]:
    """How many pages there are, or why the file is refused."""
    import pypdf  # noqa: PLC0415 - under the limits set above

    reader = pypdf.PdfReader(BytesIO(content), strict=False)
    if reader.is_encrypted:
        return {"refused": "locked"}
    pages = 0
    for page in reader.pages:
        pages += 1
        if pages > MOST_PAGES:
            return {"refused": "long"}
        if page.get("/Type") not in (None, "/Page") or runs(page.get("/AA")):
            return {"refused": "active"}
        if any(runs_something(note) for note in page.get("/Annots", None) or ()):
            return {"refused": "active"}
    return (
        {"refused": "active"} if carries(reader.root_object) else {"pages": pages} if pages else {"refused": "broken"}
    )


def carries(root: Any) -> bool:
    """Whether the document runs something when it is opened, or has other files inside."""
    names = resolved(root.get("/Names")) or {}
    form = resolved(root.get("/AcroForm")) or {}
    inside = any(name in names for name in ("/JavaScript", "/EmbeddedFiles"))
    return inside or "/XFA" in form or runs(root.get("/OpenAction")) or runs(root.get("/AA")) or "/AF" in root


def runs_something(note: Any) -> bool:
    """Whether an annotation acts, beyond leading to a place or an address, or has a file attached."""
    found = resolved(note)
    kinds = ("/FileAttachment", "/RichMedia", "/Movie", "/Screen")
    return found.get("/Subtype") in kinds or runs(found.get("/A")) or runs(found.get("/AA"))


def runs(action: Any, depth: int = 0) -> bool:
    """Whether an action, or one that follows it, or one of several, is of a kind that runs something."""
    found = resolved(action)
    if depth > 20:
        return True
    if isinstance(found, dict):
        if found.get("/S") in RUNNING:
            return True
        return any(runs(value, depth + 1) for key, value in found.items() if key == "/Next" or "/S" not in found)
    if isinstance(found, list):
        return any(runs(one, depth + 1) for one in found if isinstance(resolved(one), dict) and "/S" in resolved(one))
    return False


def resolved(thing: Any) -> Any:
    """What a reference leads to."""
    return thing.get_object() if hasattr(thing, "get_object") else thing


if __name__ == "__main__":
    main()
