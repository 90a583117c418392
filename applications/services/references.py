"""Ask for a reference, send the link again, take the request back: the applicant's acts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from applications.errors import (
    AlreadyAsked,
    AskedTooOften,
    NotYours,
    OwnAddress,
    ReferenceClosed,
    ReferencesClosed,
    TooManyReferences,
)
from applications.letters import REFERENCE_REQUEST, reference_facts
from applications.models import Application, Reference
from applications.selectors.references import MOST_REFERENCES, MOST_SENT, PAUSE, due_of
from applications.states import ApplicationState, ReferenceKind, ReferenceState
from applications.tokens import hash_of, token_of
from mats_portal.journal.services import record
from mats_portal.outbox.services import post_letter
from mats_portal.web.codes import new_code
from mats_portal.web.text import clean_line

MOST_NAMED = 6  # in one application, those taken back included
MOST_AN_HOUR = 4  # letters that one applicant sends
MOST_A_DAY = 20  # letters to one address, whoever asks


@transaction.atomic
def ask_reference(*, application: Application, name: str, email: str, kind: ReferenceKind, by: Any) -> Reference:
    """Name a referee and mail them a link of their own.

    Raises `NotYours`, `ReferencesClosed` (by the database's clock), `OwnAddress`,
    `TooManyReferences`, `AlreadyAsked`, `AskedTooOften`.
    """
    if application.person_id != by.pk:
        raise NotYours
    hold(application)
    _spare(by)
    reference = name_referee(application, name=name, email=email, kind=kind)
    record(by=by, verb="ask for reference", subject=reference, cohort=application.cohort, facts={"kind": str(kind)})
    return reference


def name_referee(application: Application, *, name: str, email: str, kind: ReferenceKind) -> Reference:
    """Put a referee in the free place of an application whose row is held, and mail them their link.

    Raises `OwnAddress`, `TooManyReferences`, `AlreadyAsked`, `AskedTooOften`.
    """
    applicant: Any = application.person
    email = email.strip().lower()
    if email == applicant.email or applicant.emailaddress_set.filter(email__iexact=email).exists():
        raise OwnAddress
    named = list(Reference.objects.filter(application=application))
    standing = [one for one in named if one.state != ReferenceState.TAKEN_BACK]
    if len(standing) >= MOST_REFERENCES:
        raise TooManyReferences
    if any(one.email == email for one in standing):
        raise AlreadyAsked
    if len(named) >= MOST_NAMED:
        raise AskedTooOften("You have named as many people as can be asked. Write to us if you need one more.")
    _spare_address(email)
    code = new_code()
    reference = Reference.objects.create(
        code=code,
        application=application,
        place=min({1, 2} - {one.place for one in standing}),
        name=clean_line(name)[:100],
        email=email,
        kind=kind,
        token_hash=hash_of(token_of(code)),
    )
    mail_request(reference, "1")
    return reference


@transaction.atomic
def send_reference_again(*, reference: Reference, by: Any) -> Reference:
    """Mail the same link once more: at most three times in all, at least an hour apart.

    Raises `NotYours`, `ReferencesClosed`, `ReferenceClosed`, `AskedTooOften`.
    """
    if reference.application.person_id != by.pk:
        raise NotYours
    hold(reference.application)
    missing = Reference.objects.missing().filter(pk=reference.pk)
    if not missing.exists():
        raise ReferenceClosed
    _spare(by)
    _spare_address(reference.email)
    rested = missing.filter(sent_count__lt=MOST_SENT, sent_at__lte=Now() - PAUSE)
    token_hash = hash_of(token_of(reference.code))
    if not rested.update(sent_count=F("sent_count") + 1, sent_at=Now(), token_hash=token_hash):
        raise AskedTooOften
    reference.refresh_from_db()
    cohort = reference.application.cohort
    record(by=by, verb="send reference again", subject=reference, cohort=cohort)
    mail_request(reference, str(reference.sent_count))
    return reference


@transaction.atomic
def take_back_reference(*, reference: Reference, by: Any) -> None:
    """Take the request back, so that its link is dead and its place is free. A letter that is in stays.

    Raises `NotYours`, `ReferenceClosed`.
    """
    if reference.application.person_id != by.pk:
        raise NotYours
    locked = Reference.objects.select_for_update(of=("self",)).get(pk=reference.pk)
    if locked.state not in (ReferenceState.ASKED, ReferenceState.DECLINED):
        raise ReferenceClosed
    withdraw_request(reference)
    record(by=by, verb="take back reference", subject=reference, cohort=reference.application.cohort)


def withdraw_request(reference: Reference) -> None:
    """Close a request whose row is held: its link is dead, and its place is free."""
    Reference.objects.filter(pk=reference.pk).update(state=ReferenceState.TAKEN_BACK, closed_at=Now())


def hold(application: Application) -> None:
    """Take the application's row, if references to it are taken now; else raise `ReferencesClosed`."""
    locked = Application.objects.select_for_update(of=("self",), no_key=True).get(pk=application.pk)
    if locked.state == ApplicationState.WITHDRAWN:
        raise ReferencesClosed("The application is withdrawn. Once it is submitted again, references can be asked for.")
    if not Application.objects.filter(pk=application.pk).alias(due=due_of()).filter(due__gt=Now()).exists():
        raise ReferencesClosed


def _spare(by: Any) -> None:
    """Refuse what would flood the world with letters of one applicant."""
    recent = Reference.objects.filter(application__person=by, sent_at__gt=Now() - timedelta(hours=1))
    if recent.count() >= MOST_AN_HOUR:
        raise AskedTooOften


def _spare_address(email: str) -> None:
    """Refuse what would flood one address."""
    if Reference.objects.filter(email=email, sent_at__gt=Now() - timedelta(days=1)).count() >= MOST_A_DAY:
        raise AskedTooOften("Many people have written to this address today. Try again tomorrow.")


def mail_request(reference: Reference, occasion: str) -> None:
    """Post the letter with the link; one for each occasion."""
    due_at = Application.objects.filter(pk=reference.application_id).values_list(due_of(), flat=True).get()
    post_letter(
        kind=REFERENCE_REQUEST,
        address=reference.email,
        name=reference.name,
        key=f"reference:{reference.code}:{occasion}",
        facts=reference_facts(reference, due_at),
        cohort=reference.application.cohort,
        about=f"applications.reference:{reference.code}",
    )
