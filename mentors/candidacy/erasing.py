"""What somebody offered as a mentor goes, and what experts wrote about it; that seats were given stays."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from mats_portal.web.keeping import ERASED_NAME, REMOVED, Erasure, Kept, Part
from mentors.candidacy.models import Candidacy, CoMentor, Rating
from mentors.candidacy.states import CandidacyState

SEATS = "which streams there were, and how many seats they had, explains a cohort; your name goes"


def kept(person: Any) -> list[Kept]:
    """Offers to mentor."""
    if not Candidacy.objects.filter(person=person).exists():
        return []
    return [
        Kept(
            "Your offer to mentor: agenda, plan, hours, co-mentors, and what experts say of it",
            "to decide which streams a cohort has, and with how many seats",
            "programme staff; the experts who were asked",
            "until you ask us to erase it",
        )
    ]


def preview(person: Any) -> list[Part]:
    """The words go; streams and seats stay."""
    own = Candidacy.objects.filter(person=person)
    named = CoMentor.objects.filter(email=person.email)
    return [
        Part("Offers to mentor, with what was written about them", own.count()),
        Part("Your name and address where others named you as co-mentor", named.count()),
        Part("Streams and seats that came of them", own.filter(stream__isnull=False).count(), stays=SEATS),
    ]


def erase(person: Any) -> None:
    """Empty the words, remove co-mentors' names and addresses; an offer that nobody has decided is taken back."""
    own = Candidacy.objects.filter(person=person)
    CoMentor.objects.filter(Q(candidacy__in=own) | Q(email=person.email)).delete()
    Rating.objects.filter(candidacy__in=own).update(comment="")
    own.undecided().update(state=CandidacyState.WITHDRAWN, seats_given=None)
    own.update(plan=REMOVED, word="", stream_name=ERASED_NAME)


ERASURE = Erasure(preview=preview, erase=erase)
