"""The one letter of support: it says that there is something, and nothing else."""

from mats_portal.outbox.kinds import LetterKind
from mats_portal.outbox.states import AfterCrash

NOTICE = LetterKind(
    name="support notice",
    subject_template="There is something in support",
    template="support/letters/notice.txt",
    after_crash=AfterCrash.REPEAT,
    is_sealed=True,
)
