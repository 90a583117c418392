"""What must hold of jobs."""

from mats_portal.web.invariants import sql

INVARIANTS = (
    sql(
        "No two jobs of a kind do the same thing at once",
        "SELECT min(code) FROM jobs_job WHERE state IN ('waiting', 'running')"
        " GROUP BY kind, subject HAVING count(*) > 1",
    ),
)
