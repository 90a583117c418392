from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from applications.errors import (
    AlreadyWithdrawn,
    ApplicationsClosed,
    ApplicationsNotOpen,
    ChangedMeanwhile,
    NoStreamChosen,
    NotYours,
    QuestionsMissing,
    TooManyStreams,
    UnknownStream,
)
from applications.models import Application, Submission
from applications.selectors import draft_of
from applications.services import (
    choose_streams,
    save_section,
    save_stream_answers,
    start_application,
    submit_application,
    withdraw_application,
)
from applications.snapshot import build, digest_of
from applications.states import ApplicationState, Education
from mats_portal.cohorts.models import Cohort, Extension, Milestone
from mats_portal.cohorts.states import MilestoneKind
from mats_portal.journal.selectors import entries_about
from mats_portal.outbox.models import Letter
from mats_portal.questionnaires.selectors import answers_of
from tests import make

pytestmark = pytest.mark.django_db
CLOSE = MilestoneKind.APPLICATIONS_CLOSE


def close_at(cohort: Cohort, later: timedelta) -> None:
    Milestone.objects.filter(cohort=cohort, kind=CLOSE).update(at=timezone.now() + later)


def closed(cohort: Cohort) -> None:
    close_at(cohort, timedelta(microseconds=-1))


def verbs(application: Application) -> list[str]:
    return [entry.verb for entry in entries_about(application)]


def test_starting_makes_one_draft_however_often() -> None:
    cohort, ada = make.make_cohort(), make.make_person(time_zone="Pacific/Auckland")
    first = start_application(cohort=cohort, by=ada)
    assert start_application(cohort=cohort, by=ada) == first
    assert (first.state, first.time_zone) == (ApplicationState.DRAFT, "Pacific/Auckland")
    assert verbs(first) == ["start application"]


def test_starting_before_the_opening_and_without_dates_is_refused() -> None:
    ada = make.make_person()
    with pytest.raises(ApplicationsNotOpen):
        start_application(cohort=make.make_cohort(days_later=100), by=ada)
    with pytest.raises(ApplicationsNotOpen):
        start_application(cohort=make.make_cohort(milestones={}), by=ada)


def test_starting_after_the_close_is_refused_but_not_with_an_extension() -> None:
    cohort, ada, rui = make.make_cohort(), make.make_person(), make.make_person("Rui")
    closed(cohort)
    with pytest.raises(ApplicationsClosed):
        start_application(cohort=cohort, by=ada)
    Extension.objects.create(
        cohort=cohort, kind=CLOSE, person=ada, at=timezone.now() + timedelta(days=1), reason="ill", given_by=rui
    )
    assert start_application(cohort=cohort, by=ada).state == ApplicationState.DRAFT


def test_submitting_freezes_the_answers_and_tells_everybody_once() -> None:
    cohort = make.make_cohort()
    one, two = make.make_stream(cohort), make.make_stream(cohort)
    make.make_questions(cohort, one)
    application = make.make_application(cohort, streams=[two, one])
    submission = application.submissions.get()
    assert application.state == ApplicationState.SUBMITTED
    assert (submission.number, submission.at) == (1, application.submitted_at)
    assert [(p.stream, p.rank) for p in application.preferences.all()] == [(two, 1), (one, 2)]
    assert application.education == Education.NO_DEGREE
    assert (application.field, application.years, application.hours) == ("Computer science", 0, 20)
    assert application.is_already_in_field is True
    assert "submit application" in verbs(application)
    letter = Letter.objects.get(kind="application receipt")
    for fact in (application.code, submission.digest, f"{submission.at:%H:%M:%S} UTC", "anywhere on Earth", two.name):
        assert fact in letter.text


def test_submitting_the_same_again_answers_the_same_and_writes_nothing() -> None:
    application = make.make_application(make.make_cohort())
    first = application.submissions.get()
    for _ in range(3):
        assert submit_application(application=application, by=application.person) == first
    assert Letter.objects.filter(kind="application receipt").count() == 1
    assert verbs(application).count("submit application") == 1


def test_change_counts_only_when_it_is_submitted_again() -> None:
    cohort = make.make_cohort()
    streams = [make.make_stream(cohort), make.make_stream(cohort)]
    application = make.make_application(cohort, streams=streams[:1])
    ada = application.person
    save_section(application=application, values={"motivation": "Newer"}, expected_revision=99, by=ada)
    choose_streams(application=application, codes=[streams[1].code], by=ada)
    assert "Newer" not in str(application.submissions.get().content)
    assert [p.stream for p in application.preferences.all()] == [streams[0]]
    submit_application(application=application, by=ada)
    assert "Newer" in str(application.submissions.get(number=2).content)
    assert [p.stream for p in application.preferences.all()] == [streams[1]]
    assert Letter.objects.filter(kind="application receipt").count() == 2


def test_submitting_what_was_not_read_through_is_refused() -> None:
    application = make.make_application(make.make_cohort(), submitted=False)
    seen = digest_of(build(application)[0])
    ada = application.person
    save_section(application=application, values={"motivation": "Typed elsewhere"}, expected_revision=99, by=ada)
    with pytest.raises(ChangedMeanwhile):
        submit_application(application=application, by=ada, seen=seen)
    assert submit_application(application=application, by=ada, seen=digest_of(build(application)[0])).number == 1


def test_submitting_with_a_question_missing_names_it() -> None:
    cohort = make.make_cohort()
    stream = make.make_stream(cohort)
    make.make_questions(cohort, stream)
    application = make.make_application(cohort, streams=[stream], submitted=False)
    ada = application.person
    save_section(application=application, values={"motivation": " "}, expected_revision=99, by=ada)
    save_stream_answers(choice=application.choices.get(), values={"q1": "word " * 51}, expected_revision=99, by=ada)
    with pytest.raises(QuestionsMissing) as refusal:
        submit_application(application=application, by=ada)
    found = {problem.question.key: problem.sentence for problem in refusal.value.problems}
    assert found == {"motivation": "This needs an answer.", "q1": "51 words; at most 50 fit here."}
    assert not Submission.objects.exists()


def test_submitting_without_a_stream_is_refused() -> None:
    application = make.make_application(make.make_cohort(), submitted=False)
    choose_streams(application=application, codes=[], by=application.person)
    with pytest.raises(NoStreamChosen):
        submit_application(application=application, by=application.person)


def test_close_is_exclusive_and_judged_by_the_database() -> None:
    application = make.make_application(make.make_cohort(), submitted=False)
    milestone = Milestone.objects.get(cohort=application.cohort, kind=CLOSE)
    with (
        connection.cursor() as cursor
    ):  # the very instant of a later statement cannot be named: before and after it can
        cursor.execute("SELECT statement_timestamp()")
        milestone.at = cursor.fetchone()[0]
    milestone.save()
    with pytest.raises(ApplicationsClosed) as refusal, transaction.atomic():
        submit_application(application=application, by=application.person)
    assert "kept as a draft" in refusal.value.sentence
    application.refresh_from_db()
    assert (application.state, application.submission_count) == (ApplicationState.DRAFT, 0)
    close_at(application.cohort, timedelta(seconds=30))
    assert submit_application(application=application, by=application.person).closes_at is not None


def test_webserver_with_a_wrong_clock_decides_nothing() -> None:
    application = make.make_application(make.make_cohort(), submitted=False)
    with time_machine.travel(timezone.now() + timedelta(days=300), tick=True):
        assert submit_application(application=application, by=application.person).number == 1


def test_without_a_closing_date_nothing_is_submitted() -> None:
    application = make.make_application(make.make_cohort(), submitted=False)
    Milestone.objects.filter(cohort=application.cohort, kind=CLOSE).delete()
    with pytest.raises(ApplicationsClosed, match="not set yet"):
        submit_application(application=application, by=application.person)


def test_text_that_comes_late_is_kept_and_marked() -> None:
    application = make.make_application(make.make_cohort())
    closed(application.cohort)
    save_section(
        application=application, values={"motivation": "Too late"}, expected_revision=99, by=application.person
    )
    application.refresh_from_db()
    assert application.late_saved_at is not None
    assert answers_of(application.sheet)["motivation"].text == "Too late"
    assert "Too late" not in str(application.submissions.get().content)
    with pytest.raises(ApplicationsClosed), transaction.atomic():
        submit_application(application=application, by=application.person)


def test_streams_keep_their_order_and_the_text_of_one_taken_off_is_kept() -> None:
    cohort = make.make_cohort(max_preferences=2)
    one, two, three = (make.make_stream(cohort) for _ in range(3))
    make.make_questions(cohort, one)
    application = make.make_application(cohort, streams=[one, two], submitted=False)
    ada = application.person
    choose_streams(application=application, codes=[two.code], by=ada)
    choose_streams(application=application, codes=[two.code, one.code, two.code], by=ada)
    assert [choice.stream for choice in draft_of(application).choices] == [two, one]
    sheet = application.choices.get(stream=one).sheet
    assert sheet is not None
    assert answers_of(sheet)["q1"].text
    with pytest.raises(TooManyStreams, match="At most 2"):
        choose_streams(application=application, codes=[one.code, two.code, three.code], by=ada)
    with pytest.raises(UnknownStream):
        choose_streams(application=application, codes=[make.make_stream(make.make_cohort()).code], by=ada)


def test_withdrawing_is_final_until_it_is_submitted_again() -> None:
    application = make.make_application(make.make_cohort())
    ada = application.person
    withdrawn = withdraw_application(application=application, by=ada)
    assert (withdrawn.state, withdrawn.withdrawn_at is None) == (ApplicationState.WITHDRAWN, False)
    with pytest.raises(AlreadyWithdrawn):
        withdraw_application(application=application, by=ada)
    assert verbs(application)[0] == "withdraw application"
    assert Letter.objects.filter(kind="application withdrawn").count() == 1
    submit_application(application=withdrawn, by=ada)
    application.refresh_from_db()
    assert (application.state, application.withdrawn_at) == (ApplicationState.SUBMITTED, None)


def test_nobody_else_writes_in_an_application() -> None:
    application, nobody = make.make_application(make.make_cohort(), submitted=False), make.make_person("Nobody")
    acts = (
        lambda: save_section(application=application, values={}, expected_revision=0, by=nobody),
        lambda: choose_streams(application=application, codes=[], by=nobody),
        lambda: submit_application(application=application, by=nobody),
        lambda: withdraw_application(application=application, by=nobody),
        lambda: save_stream_answers(choice=application.choices.get(), values={}, expected_revision=0, by=nobody),
    )
    for act in acts:
        with pytest.raises(NotYours):
            act()


def test_database_refuses_to_change_a_submission() -> None:
    application = make.make_application(make.make_cohort())
    with pytest.raises(IntegrityError, match="final"), transaction.atomic():
        application.submissions.update(digest="0" * 64)
    with pytest.raises(IntegrityError, match="final"), transaction.atomic():
        application.submissions.all().delete()
