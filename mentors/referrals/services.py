"""Keep the list of organisations, agree to them, write a referral, and share it once its time has come."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from applications.models import Application
from applications.states import ApplicationState
from mats_portal.cohorts.models import Cohort
from mats_portal.journal.services import record
from mats_portal.outbox.models import Letter
from mats_portal.outbox.services import post_letter
from mats_portal.outbox.states import LetterState
from mats_portal.web.text import clean_text
from mentors.models import Offer
from mentors.referrals.errors import (
    NotAgreed,
    NothingSaid,
    NothingSubmitted,
    NotRejected,
    OrganisationThere,
    ReferralOver,
    ReferredAlready,
    SaysNothing,
)
from mentors.referrals.letters import ANNOUNCED, SHARED, TAKEN_BACK, referral_facts
from mentors.referrals.models import Consent, Organisation, Referral
from mentors.referrals.selectors import organisations_of, rejected_applications
from mentors.referrals.states import WAIT, ReferralState
from mentors.wording import hollow_phrases


@transaction.atomic
def add_organisation(*, cohort: Cohort, name: str, email: str, purpose: str, by: Any) -> Organisation:
    """Put an organisation on the cohort's list; who agreed to others has not to it. Raises `OrganisationThere`."""
    try:
        with transaction.atomic():
            made = Organisation.objects.create(cohort=cohort, name=name, email=email.lower(), purpose=purpose)
    except IntegrityError as error:
        raise OrganisationThere from error
    record(by=by, verb="add organisation", subject=made, cohort=cohort, facts={"name": name})
    return made


@transaction.atomic
def end_organisation(*, organisation: Organisation, by: Any) -> None:
    """Take it off the list: nobody can agree to it, and nothing that has not left is shared with it.

    A consent to what has left already stands, so that the applicant can still have it deleted there.
    """
    if Organisation.objects.filter(pk=organisation.pk, ended_at=None).update(ended_at=Now()):
        record(by=by, verb="end organisation", subject=organisation, cohort=organisation.cohort)
        given = Consent.objects.given().filter(organisation=organisation)
        Referral.objects.filter(consent__in=given, state=ReferralState.ANNOUNCED).update(state=ReferralState.STOPPED)
        given.exclude(referral__state=ReferralState.SHARED).update(withdrawn_at=Now())


@transaction.atomic
def choose_organisations(*, application: Application, codes: Collection[str], by: Any) -> None:
    """The applicant agrees to exactly these organisations of the list; what they agreed to before and do not now ends.

    A referral that has not left is stopped; an organisation that has one is asked to delete it.
    Raises `NothingSubmitted`.
    """
    locked = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if locked.state != ApplicationState.SUBMITTED or locked.person_id != by.pk:
        raise NothingSubmitted
    listed = {one.code: one for one in organisations_of(application.cohort)}
    given = Consent.objects.given().filter(application=application).select_related("organisation")
    held = {one.organisation.code: one for one in given}
    for code, consent in held.items():
        if code not in codes:
            _withdraw(consent, by)
    for code in listed:
        if code in codes and code not in held:
            made = Consent.objects.create(application=application, organisation=listed[code])
            facts = {"organisation": code}
            record(by=by, verb="agree to referral", subject=made, cohort=application.cohort, facts=facts)


@contextmanager
def end_consents(*, application: Application, by: Any) -> Iterator[None]:
    """Around the withdrawing of an application, in its transaction: nobody is named for it, or kept, from then on."""
    yield
    for consent in Consent.objects.given().filter(application=application).select_related("organisation"):
        _withdraw(consent, by)


def _withdraw(consent: Consent, by: Any) -> None:
    """End a consent, and what came of it."""
    Consent.objects.filter(pk=consent.pk).update(withdrawn_at=Now())
    facts = {"organisation": consent.organisation.code}
    record(by=by, verb="take back consent", subject=consent, cohort=consent.application.cohort, facts=facts)
    Referral.objects.filter(consent=consent, state=ReferralState.ANNOUNCED).update(state=ReferralState.STOPPED)
    shared = Referral.objects.filter(consent=consent, state=ReferralState.SHARED).select_related(
        "consent__application__person", "consent__application__cohort", "consent__organisation", "written_by"
    )
    for referral in shared:
        waiting = Letter.objects.filter(key=f"referral:{referral.code}", state=LetterState.PLANNED)
        if waiting.update(state=LetterState.CANCELLED, note="The applicant took back the consent."):
            Referral.objects.filter(pk=referral.pk).update(state=ReferralState.STOPPED)
        else:
            _write_to(referral, TAKEN_BACK)


def _write_to(referral: Referral, kind: Any) -> None:
    """A letter to the organisation."""
    organisation = referral.consent.organisation
    post_letter(
        kind=kind,
        key=f"{kind.name}:{referral.code}",
        address=organisation.email,
        name=organisation.name,
        facts=referral_facts(referral),
        cohort=referral.consent.application.cohort,
        about=f"referrals.referral:{referral.code}",
    )


@transaction.atomic
def announce_referral(*, application: Application, organisation: Organisation, text: str, by: Any) -> Referral:
    """Write a referral: the applicant reads it first, and it leaves two days later unless somebody stops it.

    Raises `NothingSaid`, `SaysNothing`, `NotRejected`, `NotAgreed` and `ReferredAlready`.
    """
    text = clean_text(text).strip()
    if not text:
        raise NothingSaid
    for phrase in hollow_phrases(text):
        raise SaysNothing(phrase)
    if not rejected_applications(application.cohort).filter(pk=application.pk).exists():
        raise NotRejected
    given = Consent.objects.given().filter(application=application, organisation=organisation)
    consent = given.filter(organisation__ended_at=None).select_for_update(of=("self",)).first()
    if consent is None:
        raise NotAgreed
    if Referral.objects.filter(consent=consent).exists():
        raise ReferredAlready
    referral = Referral.objects.create(consent=consent, text=text, written_by=by, goes_at=Now() + WAIT)
    referral.refresh_from_db()
    post_letter(
        kind=ANNOUNCED,
        key=f"referral announced:{referral.code}",
        to=application.person,
        facts=referral_facts(referral),
        cohort=application.cohort,
        about=f"referrals.referral:{referral.code}",
    )
    facts = {"application": application.code, "organisation": organisation.code}
    record(by=by, verb="announce referral", subject=referral, cohort=application.cohort, facts=facts)
    return referral


@transaction.atomic
def stop_referral(*, referral: Referral, by: Any) -> None:
    """Keep a referral from leaving. Raises `ReferralOver`."""
    waiting = Referral.objects.filter(pk=referral.pk, state=ReferralState.ANNOUNCED)
    if waiting.update(state=ReferralState.STOPPED) != 1:
        raise ReferralOver
    record(by=by, verb="stop referral", subject=referral, cohort=referral.consent.application.cohort)


def share_referrals() -> int:
    """Share every referral whose time has come and whose consent holds, each in a transaction; returns how many."""
    due = Referral.objects.filter(state=ReferralState.ANNOUNCED, goes_at__lte=Now()).order_by("goes_at")
    return sum(share_referral(referral=one) for one in due)


@transaction.atomic
def share_referral(*, referral: Referral) -> bool:
    """Send it, by one update that asks for the time, the consent and the application; returns whether it went.

    Whoever was offered a seat meanwhile is not named as somebody for whom there was none: then it is stopped.
    """
    offered = Offer.objects.seen_by_applicant().filter(application=referral.consent.application_id)
    if offered.exists():
        if Referral.objects.filter(pk=referral.pk, state=ReferralState.ANNOUNCED).update(state=ReferralState.STOPPED):
            cohort = referral.consent.application.cohort
            record(by=None, verb="stop referral", subject=referral, cohort=cohort, facts={"why": "offered a seat"})
        return False
    ripe = Referral.objects.filter(
        pk=referral.pk,
        state=ReferralState.ANNOUNCED,
        goes_at__lte=Now(),
        consent__in=Consent.objects.given().filter(application__state=ApplicationState.SUBMITTED),
    )
    if ripe.update(state=ReferralState.SHARED, shared_at=Now()) != 1:
        return False
    found = Referral.objects.select_related(
        "consent__application__person", "consent__application__cohort", "consent__organisation", "written_by"
    ).get(pk=referral.pk)
    person, cohort = found.consent.application.person, found.consent.application.cohort
    found.shared_name, found.shared_email = person.name, person.email
    found.save(update_fields=["shared_name", "shared_email"])
    _write_to(found, SHARED)
    record(by=None, verb="share referral", subject=found, cohort=cohort)
    return True
