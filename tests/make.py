"""Small worlds for tests: typed functions, one thing each, with names from one story.

Ada applies, Mira mentors, Sam is a scholar, Rui is staff, Sol supports, Gil grades,
Nobody has no business here.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone

from mats_portal.cohorts.models import Cohort, Membership, Milestone, Stream, Track
from mats_portal.cohorts.states import SIDE_OF_ROLE, CohortRole, MilestoneKind
from mats_portal.outbox.models import Letter
from mats_portal.outbox.states import LetterState
from mats_portal.people.models import GlobalRole, Person
from mats_portal.people.states import Role

# When each milestone is, in days from now, in a cohort whose applications are open.
INTAKE_OPEN: dict[MilestoneKind, int] = {
    MilestoneKind.INTEREST_OPENS: -60,
    MilestoneKind.APPLICATIONS_OPEN: -30,
    MilestoneKind.APPLICATIONS_CLOSE: 10,
    MilestoneKind.REVIEWS_DUE: 25,
    MilestoneKind.RANKINGS_DUE: 32,
    MilestoneKind.OFFERS_RELEASED: 39,
    MilestoneKind.ANSWERS_DUE: 46,
    MilestoneKind.TRAINING_STARTS: 60,
    MilestoneKind.IN_PERSON_STARTS: 90,
    MilestoneKind.PLANS_DUE: 120,
    MilestoneKind.IN_PERSON_ENDS: 150,
    MilestoneKind.EXTENSION_STARTS: 160,
    MilestoneKind.EXTENSION_ENDS: 280,
}
_counter = iter(range(1, 10**9))


def make_cohort(
    name: str = "", *, days_later: int = 0, milestones: dict[MilestoneKind, datetime] | None = None, **fields: Any
) -> Cohort:
    """A public cohort whose applications are open; `days_later` moves all its milestones.

    `milestones` replaces all of them, so that `{}` makes a cohort without dates.
    """
    number = next(_counter)
    fields = {"slug": f"winter-{number}", "name": name or f"Winter {number}", "zone": "Etc/GMT+12"} | fields
    cohort = Cohort.objects.create(**{"is_public": True} | fields)
    now = timezone.now()
    dates = {kind: now + timedelta(days=days + days_later) for kind, days in INTAKE_OPEN.items()}
    for kind, at in (dates if milestones is None else milestones).items():
        Milestone.objects.create(cohort=cohort, kind=kind, at=at)
    return cohort


def make_global_role(person: Person, role: Role = Role.ADMIN) -> GlobalRole:
    """The person holds the role in the whole portal from now on."""
    return GlobalRole.objects.create(person=person, role=role)


def make_letter(cohort: Cohort | None = None, *, state: LetterState = LetterState.PLANNED, **fields: Any) -> Letter:
    """A letter to Ada in a state, as some service wrote it."""
    fields = {"kind": "receipt", "subject": "We have your application", "text": "Dear Ada,\n\nwe have it.\n"} | fields
    number, slug = next(_counter), cohort.slug if cohort else ""
    address = {"key": f"receipt:{number}", "address": f"ada.{number}@example.org", "cohort_slug": slug}
    return Letter.objects.create(**address | {"state": state} | fields)


def make_membership(person: Person, cohort: Cohort, role: CohortRole, stream: Stream | None = None) -> Membership:
    """The person holds the role in the cohort from now on."""
    side = SIDE_OF_ROLE[role]
    return Membership.objects.create(person=person, cohort=cohort, role=role, side=side, stream=stream)


def make_person(name: str = "Ada", *, email: str = "", password: str | None = None, **fields: Any) -> Person:
    """A person with a verified address (`ada.<n>@example.org` unless given)."""
    email = email or f"{name.split()[0].lower()}.{next(_counter)}@example.org"
    person = Person.objects.create_user(email, password, name=name, **fields)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def make_second_factor(person: Person) -> Authenticator:
    """An authenticator app of the person, made once."""
    found = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).first()
    return found or TOTP.activate(person, generate_totp_secret()).instance


def make_stream(cohort: Cohort, name: str = "", *, track: Track | None = None, **fields: Any) -> Stream:
    """A stream of the cohort with four seats."""
    return Stream.objects.create(cohort=cohort, name=name or f"Stream {next(_counter)}", track=track, **fields)


def make_track(cohort: Cohort, name: str = "Empirical") -> Track:
    """A track of the cohort."""
    return Track.objects.create(cohort=cohort, name=name)
