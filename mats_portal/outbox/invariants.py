"""What must hold of letters."""

from mats_portal.outbox.models import Letter
from mats_portal.outbox.selectors import sealed_letters_sent
from mats_portal.web.invariants import Invariant, sql

INVARIANTS = (
    sql("Each letter's key is its own", "SELECT key FROM outbox_letter GROUP BY key HAVING count(*) > 1"),
    sql(
        "No letter is being sent for longer than its lease and five minutes",
        "SELECT code FROM outbox_letter WHERE state = 'leased'"
        " AND (lease_until IS NULL OR lease_until < now() - interval '5 minutes')",
    ),
    sql(
        "Each letter that was sent says when",
        "SELECT code FROM outbox_letter WHERE state = 'sent' AND sent_at IS NULL",
    ),
    Invariant(
        "No sealed letter is kept once it is sent",
        lambda: list(sealed_letters_sent(Letter.objects.all()).values_list("code", flat=True)),
    ),
)
