"""Letters about requests to be erased."""

from mats_portal.outbox.kinds import LetterKind

BECAUSE = "you asked that what we keep about you be erased"

ASKED = LetterKind(
    name="erasure asked",
    subject_template="We have your request to be erased",
    template="keeping/letters/asked.txt",
    because=BECAUSE,
)
REFUSED = LetterKind(
    name="erasure refused",
    subject_template="Your request to be erased",
    template="keeping/letters/refused.txt",
    because=BECAUSE,
)
# Sealed: its row is removed once it is sent, since the address is to be forgotten.
DONE = LetterKind(
    name="erasure done",
    subject_template="What we kept about you is erased",
    template="keeping/letters/done.txt",
    because=BECAUSE,
    is_sealed=True,
)
REMINDER = LetterKind(
    name="erasure waits",
    subject_template="A request to be erased waits until {due}",
    template="keeping/letters/reminder.txt",
    because="you are an administrator of this portal",
)
PURGE_REMINDER = LetterKind(
    name="sensitive answers go soon",
    subject_template="Sensitive answers and files of {cohort} are removed on {day}",
    template="keeping/letters/purge.txt",
    because="you run this cohort",
)
