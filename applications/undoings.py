"""How to undo what was done to many applications at once."""

from applications.services.bulk import (
    LABEL,
    REMIND,
    UNLABEL,
    undo_labelling,
    undo_reminding,
    undo_unlabelling,
)
from applications.services.duplicates import JOIN, undo_joining
from mats_portal.cohorts.policies import runs_cohort_of
from mats_portal.journal.undoing import UndoKind

LABELLING = UndoKind(LABEL, undo_labelling, runs_cohort_of)
UNLABELLING = UndoKind(UNLABEL, undo_unlabelling, runs_cohort_of)
REMINDING = UndoKind(REMIND, undo_reminding, runs_cohort_of)
JOINING = UndoKind(JOIN, undo_joining, runs_cohort_of)
