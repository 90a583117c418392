"""Who may read letters and settle doubts.

Whose cohorts' letters a person reads is furnished (`letter_books`): this storey knows
no cohorts. Administrators see that letters were sent, never what they said; of a
cohort's letters not even the kind, because a kind can be news ("offer"). Sealed letters are listed for nobody.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from mats_portal.outbox.kinds import UnknownKind, letter_kind
from mats_portal.outbox.models import Letter
from mats_portal.outbox.selectors import listed_letters
from mats_portal.people.policies import administrators
from mats_portal.web.access import Decision, decide
from mats_portal.web.furnishing import furnishings


def books_of(person: Any) -> dict[str, Any]:
    """The cohorts, by slug, whose letters the person may read; asked once per person object."""
    if not person.is_authenticated:
        return {}
    found: dict[str, Any] | None = getattr(person, "_letter_books", None)
    if found is None:
        found = {cohort.slug: cohort for books in furnishings("letter_books") for cohort in books(person)}
        person._letter_books = found
    return found


def readers_of_letters(person: Any) -> Decision:
    """Staff of any cohort."""
    return decide(bool(books_of(person)), "Only programme staff can do this.")


def keepers_of_letters(person: Any) -> Decision:
    """Staff of any cohort, and administrators."""
    allowed = administrators(person).allowed or bool(books_of(person))
    return decide(allowed, "Only programme staff and administrators can do this.")


def letters_visible_to(person: Any) -> QuerySet[Letter]:
    """Administrators: all; staff: those of their cohorts."""
    letters = listed_letters().select_related("recipient")
    if administrators(person).allowed:
        return letters
    return letters.filter(cohort_slug__in=books_of(person))


def can_read_letter(person: Any, letter: Letter) -> Decision:
    """The words of a letter: staff of its cohort, unless it held a secret."""
    if not (letter.cohort_slug and letter.cohort_slug in books_of(person)):
        return decide(False, "Only programme staff of its cohort can read this letter.")
    return decide(not _holds_secret(letter), "This letter holds a link that is meant for its reader alone.")


def can_settle_letter(person: Any, letter: Letter) -> Decision:
    """Staff of its cohort; administrators for letters of no cohort (sign-in, invitations to the portal)."""
    if letter.cohort_slug:
        return decide(letter.cohort_slug in books_of(person), "Only programme staff of its cohort can do this.")
    return administrators(person)


def letters_to_settle(person: Any) -> Q:
    """The same rule as `can_settle_letter`, as a condition on letters."""
    own = Q(cohort_slug__in=books_of(person)) & ~Q(cohort_slug="")
    return own | Q(cohort_slug="") if administrators(person).allowed else own


def _holds_secret(letter: Letter) -> bool:
    try:
        return letter_kind(letter.kind).holds_secret
    except UnknownKind:
        return True
