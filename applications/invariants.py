"""What must hold of applications."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.files.storage import default_storage

from applications.models import Document, Submission
from applications.snapshot import digest_of
from mats_portal.web.invariants import Invariant, sql, trigger_stands


def _changed() -> Iterable[str]:
    """Of what was emptied for good the digest is that of before."""
    rows = Submission.objects.filter(emptied_at=None).exclude(digest="").order_by("pk")
    facts = rows.values_list("pk", "digest", "content").iterator(chunk_size=200)
    return [str(key) for key, digest, content in facts if digest_of(content) != digest]


def _without_file() -> Iterable[str]:
    rows = Document.objects.order_by("pk").values_list("pk", "file").iterator(chunk_size=500)
    return [str(key) for key, name in rows if not default_storage.exists(name)]


INVARIANTS = (
    trigger_stands("applications_submission", "submissions_are_final"),
    trigger_stands("applications_referenceletter", "reference_letters_are_final"),
    Invariant("What was submitted is what its digest says", _changed),
    Invariant("Each CV has its file", _without_file),
    sql(
        "Nobody has two applications to one cohort",
        "SELECT min(code) FROM applications_application GROUP BY cohort_id, person_id HAVING count(*) > 1",
    ),
    sql(
        "Submissions are numbered without a gap, and counted",
        "SELECT application.code FROM applications_application application"
        " LEFT JOIN applications_submission submission ON submission.application_id = application.id"
        " GROUP BY application.id HAVING count(submission.id) <> application.submission_count"
        " OR coalesce(max(submission.number), 0) <> application.submission_count",
    ),
    sql(
        "A submitted application has a submission and a moment",
        "SELECT code FROM applications_application WHERE state = 'submitted'"
        " AND (submission_count = 0 OR submitted_at IS NULL)",
    ),
    sql(
        "Nothing came after its deadline without a mark",
        "SELECT id FROM applications_submission WHERE closes_at IS NOT NULL AND at >= closes_at AND timing = 'in_time'",
    ),
    sql(
        "Ranked streams are ranked 1, 2, 3 without a gap",
        "SELECT min(id) FROM applications_preference GROUP BY application_id HAVING max(rank) <> count(*)",
    ),
    sql(
        "A chosen stream is one of the cohort",
        "SELECT preference.id FROM applications_preference preference"
        " JOIN applications_application application ON application.id = preference.application_id"
        " JOIN cohorts_stream stream ON stream.id = preference.stream_id"
        " WHERE stream.cohort_id <> application.cohort_id",
    ),
    sql(
        "A reference is answered if and only if there is a letter",
        "SELECT reference.code FROM applications_reference reference LEFT JOIN applications_referenceletter letter"
        " ON letter.reference_id = reference.id WHERE (reference.state = 'answered') <> (letter.id IS NOT NULL)",
    ),
)
