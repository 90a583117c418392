"""What reviewers wrote about a person goes; scores and places stay as figures."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from mats_portal.rubrics.models import ScoreSheet
from mats_portal.web.keeping import Erasure, Kept, Part
from mentors.models import Assessment, Contribution, Decision, FixedPair, Offer, PrivateNote, Waiver, WhatIf

GONE = "erased with the person it spoke of"
FIGURES = "figures on how selection went are kept without your name"


def kept(person: Any) -> list[Kept]:
    """Reviews and places in rankings, said alike to everybody who applied, whether there are any or not."""
    if not person.applications.exists():
        return []
    return [
        Kept(
            "What reviewers and mentors write about an application: scores, comments, places in rankings",
            "to choose who is offered a place",
            "programme staff; reviewers; mentors of the streams you chose",
            "until you ask us to erase it; then as figures without your name",
        )
    ]


def preview(person: Any) -> list[Part]:
    """The words about the person go. Said alike, whatever there is: the number of reviews is not the applicant's."""
    applied = person.applications.count()
    released = Offer.objects.seen_by_applicant().of(person).count()
    return [
        Part("Comments in reviews of your applications, where there are any", applied),
        Part("Scores and places in rankings, where there are any", applied, stays=FIGURES),
        Part("Our answers, with what was said to you alone", Decision.objects.told().of(person).count()),
        Part("Offers", released, stays="that a seat was offered, and the answer, explains who came; your name goes"),
    ]


def erase(person: Any) -> None:
    """Empty comments, reasons, notes, discussions; a ranking of a stream loses nobody: its order stays told."""
    sheets = Assessment.objects.filter(application__person=person).values("sheet")
    ScoreSheet.objects.filter(pk__in=sheets).update(comment="")
    PrivateNote.objects.filter(Q(application__person=person) | Q(person=person)).delete()
    Contribution.objects.filter(application__person=person).delete()
    Waiver.objects.filter(application__person=person).update(note="")
    Offer.objects.filter(application__person=person).update(reason="")
    Decision.objects.of(person).update(subject="", text="", note="")
    FixedPair.objects.filter(application__person=person).update(reason=GONE)
    for code in person.applications.values_list("code", flat=True):
        WhatIf.objects.filter(changes__contains=[{"application": code}]).update(name="")


ERASURE = Erasure(preview=preview, erase=erase)
