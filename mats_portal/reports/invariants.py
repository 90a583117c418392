"""What must hold of statistics that were kept."""

from __future__ import annotations

from collections.abc import Iterable

from mats_portal.reports.models import Snapshot
from mats_portal.reports.wire import digest_of
from mats_portal.web.invariants import Invariant


def _changed() -> Iterable[str]:
    rows = Snapshot.objects.order_by("pk").iterator(chunk_size=50)
    return [snapshot.code for snapshot in rows if digest_of(snapshot.content) != snapshot.digest]


INVARIANTS = (Invariant("Kept statistics are what was compiled", _changed),)
