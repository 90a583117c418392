"""What an app furnishes so that long work can be started by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mats_portal.web.furnishing import furnishings

if TYPE_CHECKING:
    from mats_portal.jobs.models import Job
    from mats_portal.jobs.progress import Progress


def only_the_asker(person: Any, job: Job) -> bool:
    """Nobody else may watch the job."""
    return False


@dataclass(frozen=True, slots=True)
class JobKind:
    """A kind of long work.

    name: unique; run: does it and returns what the page shows afterwards, a dict with
    `sentence` and, if there is something to open, `url` and `label`; title: what the
    page says while it runs ("Compiling the statistics"). run may raise a `Refusal`,
    whose sentence is shown, and may run again after a crash: it must not do harm twice.
    may_watch: who may see the job besides the person who asked for it.
    """

    name: str
    run: Callable[[Job, Progress], dict[str, Any]]
    title: str
    may_watch: Callable[[Any, Job], bool] = only_the_asker


class UnknownKind(LookupError):
    """No installed app furnishes a kind of this name."""


def job_kind(name: str) -> JobKind:
    """The furnished kind of that name; raises `UnknownKind`."""
    for kind in furnishings("jobs"):
        if kind.name == name:
            found: JobKind = kind
            return found
    raise UnknownKind(name)
