"""How far a job is, written where the page can read it while the job is still at work."""

from __future__ import annotations

import time
from datetime import timedelta

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

LEASE = timedelta(minutes=10)
PAUSE = 0.5  # seconds between two writes
_WRITE = (
    "UPDATE jobs_job SET done = %s, total = %s, step = %s,"
    " lease_until = statement_timestamp() + make_interval(secs => %s)"
    " WHERE id = %s AND state = 'running'"
)


class Progress:
    """Counts of one running job.

    Work inside a transaction would show nothing until it commits, so the counts then go
    through a connection of their own. Each write renews the job's lease.
    """

    def __init__(self, job_id: int) -> None:
        self._job_id = job_id
        self._written_at = float("-inf")
        self._aside: BaseDatabaseWrapper | None = None

    def at(self, done: int, total: int | None = None, step: str = "") -> None:
        """`done` of `total` are done; `step` says what is being done. Cheap: at most two writes a second."""
        moment = time.monotonic()
        if moment - self._written_at < PAUSE and done != total:
            return
        self._written_at = moment
        with self._connection().cursor() as cursor:
            cursor.execute(_WRITE, [done, total, step[:120], LEASE.total_seconds(), self._job_id])

    def close(self) -> None:
        """Give back the connection of its own, if there was need of one."""
        if self._aside is not None:
            self._aside.close()
            self._aside = None

    def _connection(self) -> BaseDatabaseWrapper:
        if self._aside is None and transaction.get_connection().in_atomic_block:
            self._aside = connections.create_connection(DEFAULT_DB_ALIAS)
        return self._aside or connections[DEFAULT_DB_ALIAS]
