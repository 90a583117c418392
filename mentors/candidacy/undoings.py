"""How to undo the sending of decisions."""

from mats_portal.journal.undoing import UndoKind
from mentors.candidacy.services.sending import SEND, undo_sending

SENDING = UndoKind(SEND, undo_sending)
