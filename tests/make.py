"""Small worlds for tests: typed functions, one thing each, with names from one story.

Ada applies, Mira mentors, Sam is a scholar, Rui is staff, Sol supports, Gil grades,
Nobody has no business here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone

from applications.models import Application, Reference
from applications.outreach.defaults import FIRST_CHANNELS
from applications.outreach.models import Channel
from applications.services import (
    ask_reference,
    choose_streams,
    save_section,
    save_stream_answers,
    start_application,
    submit_application,
)
from applications.states import ReferenceKind
from mats_portal.cohorts.models import Cohort, Membership, Milestone, Stream, Track
from mats_portal.cohorts.states import SIDE_OF_ROLE, CohortRole, MilestoneKind
from mats_portal.outbox.models import Letter
from mats_portal.outbox.states import LetterState
from mats_portal.people.models import GlobalRole, Person
from mats_portal.people.states import Role
from mats_portal.questionnaires.models import Question, Version
from mats_portal.questionnaires.selectors import questions_of
from mats_portal.questionnaires.services import make_version, open_questionnaire
from mats_portal.questionnaires.specs import QuestionSpec
from mats_portal.questionnaires.states import Purpose, QuestionKind

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
QUESTION = QuestionSpec("q1", QuestionKind.LONG, "What would change your mind?", max_words=50)
FILE_QUESTION = QuestionSpec("work", QuestionKind.FILE, "A piece of your work", is_required=False)
_counter = iter(range(1, 10**9))


def make_application(
    cohort: Cohort, person: Person | None = None, streams: Sequence[Stream] = (), *, submitted: bool = True
) -> Application:
    """Ada's application, written and submitted through the portal's own services.

    To the streams given (one is made when there is none in the cohort). Every question is answered.
    """
    ada = person or make_person()
    application = start_application(cohort=cohort, by=ada)
    chosen = streams or list(cohort.streams.all()[:1]) or [make_stream(cohort)]
    choose_streams(application=application, codes=[stream.code for stream in chosen], by=ada)
    answer_everything(application)
    if submitted:
        submit_application(application=application, by=ada)
    application.refresh_from_db()
    return application


def answer_everything(application: Application) -> None:
    """Give every question of the draft an answer that fits it."""
    ada = application.person
    questions = questions_of(application.sheet.version)
    save_section(
        application=application, values={q.key: an_answer(q) for q in questions}, expected_revision=10_000, by=ada
    )
    for choice in application.choices.filter(rank__isnull=False):
        if choice.sheet:
            values = {q.key: an_answer(q) for q in questions_of(choice.sheet.version)}
            save_stream_answers(choice=choice, values=values, expected_revision=10_000, by=ada)


def an_answer(question: Question) -> str | list[str]:
    """Something that answers the question."""
    if question.options:
        several = {
            QuestionKind.RANKED: question.options,
            QuestionKind.MATRIX: question.options[:1] * len(question.rows),
        }
        return several.get(QuestionKind(question.kind), question.options[:1])
    by_kind = {
        QuestionKind.NUMBER: "7",
        QuestionKind.URL: "https://example.org/code",
        QuestionKind.CONSENT: "yes",
        QuestionKind.DATE: "2026-05-07",
        QuestionKind.EMAIL: "ada@example.org",
    }
    return by_kind.get(QuestionKind(question.kind), f"What I think: {question.key}.")


def make_questions(
    cohort: Cohort, stream: Stream | None = None, questions: Sequence[QuestionSpec] | None = None
) -> Version:
    """Questions of a stream (one long one, unless given), or of the cohort."""
    purpose = Purpose.STREAM if stream else Purpose.APPLICATION
    asked = questions or [QUESTION]
    questionnaire = open_questionnaire(cohort=cohort, purpose=purpose, stream=stream)
    return make_version(questionnaire=questionnaire, questions=asked, by=None)


def make_gate(cohort: Cohort) -> Version:
    """An eligibility question before the form; “No” stops."""
    asked = QuestionSpec(
        "adult",
        QuestionKind.SINGLE,
        "Will you be 18 by then?",
        options=("Yes", "No"),
        accepted=("Yes",),
        refusal="Come back when you are 18.",
    )
    questionnaire = open_questionnaire(cohort=cohort, purpose=Purpose.ELIGIBILITY)
    return make_version(questionnaire=questionnaire, questions=[asked], by=None)


def make_channels() -> list[Channel]:
    """The channels that a new portal starts with, whatever a test before has emptied."""
    for position, (name, is_community) in enumerate(FIRST_CHANNELS, 1):
        Channel.objects.get_or_create(name=name, defaults={"position": position, "is_community": is_community})
    return list(Channel.objects.all())


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


def make_reference(application: Application, *, name: str = "Rea Referee", email: str = "", **fields: Any) -> Reference:
    """A referee whom the applicant has asked, through the portal's own service; `fields` are set afterwards."""
    address = email or f"referee.{next(_counter)}@example.org"
    kind = ReferenceKind.ACADEMIA_AI
    asked = ask_reference(application=application, name=name, email=address, kind=kind, by=application.person)
    Reference.objects.filter(pk=asked.pk).update(**fields)
    asked.refresh_from_db()
    return asked


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
