"""What was said of a person in a referral goes with them, or with the cohort's sensitive answers."""

from __future__ import annotations

from typing import Any

from mats_portal.web.keeping import Erasure, Kept, Part, Purge, Tally
from mentors.referrals.models import Consent, Referral
from mentors.referrals.services import choose_organisations
from mentors.referrals.states import ReferralState


def kept(person: Any) -> list[Kept]:
    """Consents and referrals, of whoever has any."""
    if not Consent.objects.of(person).exists():
        return []
    return [
        Kept(
            "To which organisations you agreed to be named, and what was said of you",
            "to name you to them, and to tell you what was shared and when",
            "you; programme staff; each organisation, what was shared with it",
            "until the cohort's sensitive answers go, or until you ask us to erase it",
        )
    ]


def preview(person: Any) -> list[Part]:
    """Everything goes."""
    return [
        Part("Organisations that you agreed to be named to", Consent.objects.of(person).count()),
        Part("What was said of you to them", Referral.objects.of(person).count()),
    ]


def erase(person: Any) -> None:
    """Ask organisations that were told to delete it, then remove consents and referrals."""
    for application in person.applications.filter(state="submitted", referral_consents__withdrawn_at=None).distinct():
        choose_organisations(application=application, codes=(), by=person)
    Referral.objects.of(person).delete()
    Consent.objects.of(person).delete()


def _of_cohort(cohort: Any) -> Any:
    return Referral.objects.filter(consent__application__cohort=cohort)


def preview_words(cohort: Any, chosen: Any) -> list[Part]:
    """The texts of the cohort's referrals."""
    return [Part("What was said in referrals", _of_cohort(cohort).exclude(text="").count())]


def tallies(cohort: Any, chosen: Any) -> list[Tally]:
    """None: no figure is made of referrals."""
    return []


def purge_words(cohort: Any, chosen: Any) -> tuple[int, int]:
    """Empty the texts and the addresses; that something was shared, and when, stays. What has not left is stopped."""
    _of_cohort(cohort).filter(state=ReferralState.ANNOUNCED).update(state=ReferralState.STOPPED)
    found = _of_cohort(cohort).exclude(text="")
    people = found.values("consent__application__person").distinct().count()
    return people, found.update(text="", shared_name="", shared_email="")


ERASURE = Erasure(preview=preview, erase=erase)
WORDS = Purge(preview=preview_words, tallies=tallies, purge=purge_words)
