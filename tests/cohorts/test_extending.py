"""More time for everyone of a stream, a grace that nobody is told of, and reminders that follow the date."""

from datetime import timedelta

import pytest
from django.urls import reverse

from mats_portal.cohorts.models import Cohort, Extension, Milestone
from mats_portal.cohorts.selectors import dates_of, effective_deadline
from mats_portal.cohorts.services import NotForStreams, OneOrAStream, give_extension, set_milestones
from mats_portal.cohorts.states import CohortRole, MilestoneKind
from mats_portal.journal.models import Entry
from mats_portal.outbox.models import Letter
from mats_portal.outbox.services import plan_reminders
from mats_portal.outbox.states import LetterState
from mats_portal.people.models import Person
from mats_portal.web.clock import database_now
from tests import make
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db
CLOSE, RANKINGS = MilestoneKind.APPLICATIONS_CLOSE, MilestoneKind.RANKINGS_DUE
WEEK = timedelta(days=7)


@pytest.fixture
def rui() -> Person:
    return make.make_person("Rui")


@pytest.fixture
def cohort() -> Cohort:
    return make.make_cohort()


def reminded(cohort: Cohort) -> list[tuple[str, str]]:
    found = Letter.objects.filter(cohort_slug=cohort.slug, kind="application not submitted").order_by("pk")
    return [(letter.state, letter.key.rpartition(":")[2]) for letter in found]


def test_stream_is_given_longer_and_its_mentors_alone_are_told(cohort: Cohort, rui: Person) -> None:
    stream, other = make.make_stream(cohort), make.make_stream(cohort)
    mira, milo = make.make_person("Mira"), make.make_person("Milo")
    make.make_membership(mira, cohort, CohortRole.MENTOR, stream)
    make.make_membership(milo, cohort, CohortRole.MENTOR, other)
    at = dates_of(cohort)[RANKINGS] + WEEK
    give_extension(cohort=cohort, kind=RANKINGS, stream=stream, at=at, reason="A mentor was ill.", by=rui)
    assert effective_deadline(cohort, RANKINGS, mira) == at
    assert effective_deadline(cohort, RANKINGS, milo) == dates_of(cohort)[RANKINGS]
    letter = Letter.objects.get(kind="extension")
    assert letter.recipient == mira
    assert stream.name in letter.text
    assert Entry.objects.get(verb="give extension").subject == f"cohorts.stream:{stream.code}"


def test_stream_of_an_applicant_is_the_one_on_the_list(cohort: Cohort, rui: Person) -> None:
    stream, other = make.make_stream(cohort), make.make_stream(cohort)
    ada = make.make_application(cohort, streams=[stream], submitted=False).person
    ben = make.make_application(cohort, make.make_person("Ben"), streams=[other], submitted=False).person
    at = dates_of(cohort)[CLOSE] + WEEK
    give_extension(cohort=cohort, kind=CLOSE, stream=stream, at=at, reason="Announced late.", by=rui)
    assert effective_deadline(cohort, CLOSE, ada) == at
    assert effective_deadline(cohort, CLOSE, ben) == dates_of(cohort)[CLOSE]
    assert [letter.recipient for letter in Letter.objects.filter(kind="extension")] == [ada]


def test_the_later_of_two_extensions_holds(cohort: Cohort, rui: Person) -> None:
    stream, own = make.make_stream(cohort), dates_of(cohort)[CLOSE]
    ada = make.make_application(cohort, streams=[stream], submitted=False).person
    give_extension(cohort=cohort, kind=CLOSE, person=ada, at=own + 2 * WEEK, reason="Ill.", by=rui)
    give_extension(cohort=cohort, kind=CLOSE, stream=stream, at=own + WEEK, reason="Late.", by=rui)
    assert effective_deadline(cohort, CLOSE, ada) == own + 2 * WEEK
    assert Extension.objects.count() == 2


def test_extension_is_for_one_or_for_a_stream_and_not_every_date_is_a_streams(cohort: Cohort, rui: Person) -> None:
    stream, at = make.make_stream(cohort), dates_of(cohort)[MilestoneKind.ANSWERS_DUE] + WEEK
    with pytest.raises(NotForStreams):
        give_extension(cohort=cohort, kind=MilestoneKind.ANSWERS_DUE, stream=stream, at=at, reason="", by=rui)
    with pytest.raises(OneOrAStream):
        give_extension(cohort=cohort, kind=CLOSE, at=at, reason="", by=rui)
    with pytest.raises(OneOrAStream):
        give_extension(cohort=cohort, kind=CLOSE, person=rui, stream=stream, at=at, reason="", by=rui)


def test_reminder_of_the_old_date_is_cancelled_and_the_new_one_is_written(cohort: Cohort, rui: Person) -> None:
    near = database_now() + timedelta(hours=20)
    Milestone.objects.filter(cohort=cohort, kind=CLOSE).update(at=near)
    ada = make.make_application(cohort, submitted=False).person
    plan_reminders()
    assert reminded(cohort) == [(LetterState.PLANNED, "T-1d")]
    give_extension(cohort=cohort, kind=CLOSE, person=ada, at=near + timedelta(days=2), reason="Ill.", by=rui)
    assert reminded(cohort) == [(LetterState.CANCELLED, "T-1d"), (LetterState.PLANNED, "T-3d")]
    assert "was moved" in Letter.objects.filter(state=LetterState.CANCELLED).get().note
    assert plan_reminders() == 0


def test_date_moved_for_all_plans_anew_and_others_are_left_alone(cohort: Cohort, rui: Person) -> None:
    near = database_now() + timedelta(hours=20)
    elsewhere = make.make_cohort()
    Milestone.objects.filter(kind=CLOSE).update(at=near)
    make.make_application(cohort, submitted=False)
    make.make_application(elsewhere, make.make_person("Ben"), submitted=False)
    plan_reminders()
    set_milestones(cohort=cohort, dates={CLOSE: near + timedelta(days=9)}, by=rui)
    assert reminded(cohort) == [(LetterState.CANCELLED, "T-1d")]
    assert reminded(elsewhere) == [(LetterState.PLANNED, "T-1d")]


def test_grace_is_kept_and_written_into_the_journal_once(cohort: Cohort, rui: Person) -> None:
    for _ in range(2):
        set_milestones(cohort=cohort, dates={}, grace={CLOSE: 5}, by=rui)
    assert Milestone.objects.get(cohort=cohort, kind=CLOSE).grace_minutes == 5
    assert Entry.objects.get(verb="set grace").facts == {"applications_close grace": [0, 5]}


def test_page_gives_a_stream_more_time_and_keeps_what_was_typed(sign_in: SignIn, cohort: Cohort, rui: Person) -> None:
    make.make_membership(rui, cohort, CohortRole.STAFF)
    stream, page = make.make_stream(cohort, "Oversight"), reverse("cohorts:extensions", args=[cohort.slug])
    client = sign_in(rui)
    data = {"stream": stream.code, "kind": "applications_close", "at": "2060-05-07T23:59", "reason": "Announced late."}
    answer = client.post(page, data | {"email": rui.email})
    assert "not both" in answer.content.decode()
    assert "Announced late." in answer.content.decode()
    assert "For a stream one of these" in client.post(page, data | {"kind": "answers_due"}).content.decode()
    assert "Everyone of Oversight" in client.post(page, data, follow=True).content.decode()
