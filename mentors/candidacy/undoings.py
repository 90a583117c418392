"""How to undo the sending of decisions."""

from mats_portal.cohorts.policies import runs_cohort_of
from mats_portal.journal.undoing import UndoKind
from mentors.candidacy.services.sending import SEND, undo_sending

SENDING = UndoKind(SEND, undo_sending, runs_cohort_of)
