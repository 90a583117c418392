"""How letters forget a person: that there was one stays, what it said and whereto goes."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Replace, Substr

from mats_portal.outbox.models import Forecast, Letter
from mats_portal.outbox.selectors import listed_letters
from mats_portal.outbox.services.settling import scrub_letters
from mats_portal.web.keeping import ERASED_NAME, Erasure, Kept, Part, erased_address

SUBJECT, LONGEST = 200, 1_000_000  # characters


def kept(person: Any) -> list[Kept]:
    """The letters."""
    return [
        Kept(
            "Letters that the portal wrote to you",
            "to show what you were told, and when",
            "you; programme staff of the cohort that a letter is about",
            "until you ask us to erase them; then only its kind and date",
        )
    ]


def preview(person: Any) -> list[Part]:
    """What the person could see listed; nothing is said of other letters."""
    return [Part("The words of letters to you", listed_letters().filter(_to(person)).count())]


def erase(person: Any) -> None:
    """Empty every letter to the person, and cancel what waits; in letters to others a pseudonym stands for the name."""
    rows: QuerySet[Letter] = Letter.objects.filter(_to(person))
    scrub_letters(letters=rows, address=erased_address(person.code))
    for word in filter(None, (person.email, person.name)):
        named = Letter.objects.filter(Q(text__contains=word) | Q(subject__contains=word))
        named.update(subject=_without("subject", word), text=_without("text", word))
    Forecast.objects.filter(letters__icontains=person.name or person.email).delete()  # the next scan makes it anew


def _without(column: str, word: str) -> Substr:
    """The column with a pseudonym in the place of the word, no longer than a subject may be."""
    replaced = Replace(column, Value(word), Value(ERASED_NAME))
    return Substr(replaced, 1, SUBJECT if column == "subject" else LONGEST)


def _to(person: Any) -> Q:
    return Q(recipient=person) | Q(address=person.email)


ERASURE = Erasure(preview=preview, erase=erase)
