"""Pages for staff and administrators: letters, and whether the portal is well."""

from mats_portal.outbox.views.letters import held, letter, letters, post_office, settle, tomorrow
from mats_portal.outbox.views.system import system

__all__ = ["held", "letter", "letters", "post_office", "settle", "system", "tomorrow"]
