"""What must hold of the journal."""

from mats_portal.web.invariants import trigger_stands

INVARIANTS = (trigger_stands("journal_entry", "entries_are_final"),)
