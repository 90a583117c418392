"""Small worlds of selection: applicants, reviewers, rankings and offers, made with as few words as possible."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models.functions import Now
from django.utils import timezone

from applications.models import Application, Preference, Submission
from applications.states import ApplicationState
from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.cohorts.states import CohortRole
from mats_portal.people.models import Person
from mats_portal.questionnaires.models import AnswerSheet, Questionnaire, Version
from mats_portal.questionnaires.states import Purpose
from mentors.models import (
    Assessment,
    Assignment,
    Decision,
    DecisionWords,
    Offer,
    Ranking,
    Release,
    SelectionRound,
    Shortlist,
)
from mentors.models.releases import HOLD
from mentors.services import (
    assign_reviewer,
    carry_out_releases,
    confirm_release,
    finish_assessment,
    prepare_offers,
    prepare_release,
    rank_applications,
    run_matching,
    word_release,
)
from mentors.services.releasing import Wording
from mentors.states import DecisionKind, FeedbackGroup, ReasonTag, ReleaseState
from tests import make

GOOD = {"technical-ability": 4, "hard-question": 5, "research-judgement": 4, "motivation": 3}


def make_applicant(cohort: Cohort, *streams: Stream, name: str = "Ada", person: Person | None = None) -> Application:
    """A submitted application that names the streams, best first."""
    person = person or make.make_person(name)
    questionnaire, _ = Questionnaire.objects.get_or_create(cohort=cohort, purpose=Purpose.APPLICATION, stream=None)
    version, _ = Version.objects.get_or_create(questionnaire=questionnaire, number=1)
    application = Application.objects.create(
        cohort=cohort,
        person=person,
        sheet=AnswerSheet.objects.create(version=version, person=person),
        state=ApplicationState.SUBMITTED,
        submitted_at=timezone.now(),
        submission_count=1,
    )
    Preference.objects.bulk_create(
        Preference(application=application, stream=stream, rank=rank) for rank, stream in enumerate(streams, 1)
    )
    Submission.objects.create(application=application, number=1, digest="0" * 64, content=_content(streams))
    return application


def _content(streams: Sequence[Stream]) -> dict[str, Any]:
    answer = {
        "key": "why",
        "kind": "long",
        "wording": "What would change your mind about this agenda?",
        "audience": "reviewers",
        "is_sensitive": False,
        "text": "The result that would move me is negative and cheap.",
        "choices": [],
    }
    parts = [{"title": "About you", "stream": "", "answers": [answer]}]
    return {
        "streams": [{"code": stream.code, "name": stream.name, "rank": n} for n, stream in enumerate(streams, 1)],
        "parts": parts,
    }


def make_staff(cohort: Cohort, name: str = "Rui") -> Person:
    """Programme staff of the cohort."""
    return _member(cohort, name, CohortRole.STAFF)


def make_reviewer(cohort: Cohort, name: str = "Gil") -> Person:
    """A reviewer of the cohort."""
    return _member(cohort, name, CohortRole.REVIEWER)


def make_mentor(stream: Stream, name: str = "Mira") -> Person:
    """A mentor of the stream."""
    return _member(stream.cohort, name, CohortRole.MENTOR, stream)


def _member(cohort: Cohort, name: str, role: CohortRole, stream: Stream | None = None) -> Person:
    person = make.make_person(name)
    make.make_membership(person, cohort, role, stream)
    return fresh(person)


def fresh(person: Person) -> Person:
    """The person as a new request loads them: what was remembered of their roles is forgotten."""
    return Person.objects.get(pk=person.pk)


def make_assignment(application: Application, reviewer: Person, by: Person | None = None) -> Assignment:
    """The reviewer is asked to read the application."""
    return assign_reviewer(application=application, reviewer=reviewer, by=by or reviewer)


def make_assessment(application: Application, reviewer: Person, **scores: int) -> Assessment:
    """The reviewer's finished assessment, assigned first where it was not."""
    if not Assignment.objects.filter(application=application, reviewer=reviewer, removed_at=None).exists():
        make_assignment(application, reviewer)
    values = GOOD | {key.replace("_", "-"): value for key, value in scores.items()}
    return finish_assessment(
        application=application, values=values, comment="Careful work.", expected_revision=0, by=reviewer
    )


def rank(stream: Stream, by: Person, *applications: Application, would_take: int | None = None) -> Shortlist:
    """The stream's ranking, saved over whatever is there and said to be in."""
    revision = Shortlist.objects.filter(stream=stream).values_list("revision", flat=True).first() or 0
    rank_applications(
        stream=stream,
        ordered=[application.code for application in applications],
        would_take=len(applications) if would_take is None else would_take,
        expected_revision=revision,
        by=by,
    )
    Shortlist.objects.filter(stream=stream).update(finished_at=timezone.now())
    return Shortlist.objects.get(stream=stream)


def places_of(stream: Stream) -> list[tuple[str, bool]]:
    """The ranking as codes with the bar, in order."""
    rows = Ranking.objects.filter(stream=stream).order_by("rank")
    return list(rows.values_list("application__code", "is_acceptable"))


def release_round(cohort: Cohort, by: Person) -> SelectionRound:
    """Run, prepare and release in one breath: `by` prepares, Ines confirms, and the hold is over."""
    made = run_matching(cohort=cohort, by=by)
    prepare_offers(made=made, by=by)
    assert release_all(cohort, by, DecisionKind.OFFER).state == ReleaseState.SENT
    made.refresh_from_db()
    return made


FEEDBACK = Wording("Readers missed one question worked out to its end.", (ReasonTag.DEPTH,))


def release_all(cohort: Cohort, by: Person, *kinds: DecisionKind, close_reserve: bool = False) -> Release:
    """Everything of these kinds, told: with feedback for rejections, confirmed by Ines, after the hold."""
    release = prepare_release(cohort=cohort, kinds=kinds, close_reserve=close_reserve, by=by)
    rejections = release.words.filter(kind=DecisionKind.REJECTION)
    if rejections:
        word_release(release=release, wordings=dict.fromkeys(rejections, FEEDBACK), by=by)
    confirm_release(release=release, typed_count=release.decisions.count(), by=second_person(cohort))
    return hold_is_over(release)


def make_told(application: Application) -> Decision:
    """The rejection of one application, sent."""
    ben, bea = make.make_person("Ben"), make.make_person("Bea")
    release = Release.objects.create(cohort=application.cohort, number=50, prepared_by=ben)
    words = DecisionWords.objects.create(release=release, kind=DecisionKind.REJECTION, group=FeedbackGroup.UNREAD)
    told = {"kind": DecisionKind.REJECTION, "words": words, "text": "We cannot offer you a seat."}
    decision = Decision.objects.create(release=release, application=application, **told)
    moments = {"confirmed_at": Now() - HOLD, "goes_at": Now(), "ended_at": Now()}
    Release.objects.filter(pk=release.pk).update(state=ReleaseState.SENT, confirmed_by=bea, **moments)
    return decision


def second_person(cohort: Cohort) -> Person:
    """Ines, who runs the cohort, too."""
    found = Person.objects.filter(name="Ines", memberships__cohort=cohort).first()
    return fresh(found) if found else make_staff(cohort, "Ines")


def hold_is_over(release: Release) -> Release:
    """Ten minutes later, the schedule has looked."""
    past = {"confirmed_at": Now() - HOLD, "goes_at": Now()}
    Release.objects.filter(pk=release.pk, state=ReleaseState.HOLDING).update(**past)
    carry_out_releases()
    release.refresh_from_db()
    return release


def release_offer(offer: Offer, by: Person) -> Offer:
    """One prepared offer, with whatever else is prepared, told."""
    release_all(offer.stream.cohort, by, DecisionKind.OFFER)
    offer.refresh_from_db()
    return offer


def released_offer(cohort: Cohort, stream: Stream, by: Person, name: str = "Ada") -> Offer:
    """An applicant of the stream with an offer that waits for their answer."""
    application = make_applicant(cohort, stream, name=name)
    rank(stream, by, application)
    release_round(cohort, by)
    return Offer.objects.get(application=application)
