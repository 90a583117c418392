"""What an app furnishes so that letters can be written and reminders planned.

An app's `letters.py` holds its kinds; its `apps.py` names them in `letters` and
`reminders`. A letter's template is plain text, its body only: the greeting, the
sender's name and the reason why it came are put around it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from mats_portal.outbox.states import AfterCrash
from mats_portal.web.furnishing import furnishings

if TYPE_CHECKING:
    from mats_portal.outbox.models import Letter


@dataclass(frozen=True, slots=True)
class LetterKind:
    """A kind of letter.

    name: unique, words ("application receipt"); subject_template: with `{fact}`s;
    template: "applications/letters/receipt.txt"; after_crash: HOLD for decisions and
    offers, REPEAT for what may come twice; still_due: asked once more just before the
    letter is sent, False cancels it; because: why the reader gets it, in the footer;
    holds_secret: the text has a link or code that opens something, so nobody may read
    it in the portal and it is wiped once sent; is_sealed: that there was such a letter
    is nobody's business (support): no page lists it, and its row is removed once sent.
    """

    name: str
    subject_template: str
    template: str
    after_crash: AfterCrash = AfterCrash.REPEAT
    still_due: Callable[[Letter], bool] | None = None
    because: str = ""
    holds_secret: bool = False
    is_sealed: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """One reminder that is due: to whom, about what.

    person: or None, and the `address` and `name` of somebody who has no account.
    key: made of kind, object and occurrence ("srp:<plan code>:T-3d"), never of time or wording.
    """

    person: Any
    key: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    cohort: Any = None
    about: str = ""
    address: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class ReminderKind:
    """A reminder for those who have not done the next step.

    due: given a moment, who is to be reminded at it; asked with now by the schedule and
    with tomorrow by the staff's preview, so it must not write. It names only those who
    have not acted. It must not repeat itself: a key that exists is not planned again.
    """

    name: str
    letter: LetterKind
    due: Callable[[datetime], Iterable[Due]]


class UnknownKind(LookupError):
    """No installed app furnishes a kind of this name."""


def letter_kind(name: str) -> LetterKind:
    """The furnished kind of that name (those of reminders, too); raises `UnknownKind`."""
    for kind in letter_kinds():
        if kind.name == name:
            return kind
    raise UnknownKind(name)


def letter_kinds() -> list[LetterKind]:
    """Every kind of letter that the apps furnish, by name."""
    known = {kind.name: kind for kind in furnishings("letters")}
    known |= {reminder.letter.name: reminder.letter for reminder in reminder_kinds()}
    return [known[name] for name in sorted(known)]


def sealed_kinds() -> list[str]:
    """The names of the kinds that no page may list."""
    return [kind.name for kind in letter_kinds() if kind.is_sealed]


def reminder_kinds() -> tuple[ReminderKind, ...]:
    """Every kind of reminder that the apps furnish."""
    return furnishings("reminders")
