"""The grace after the close, streams that stay open longer, and late text that staff admit."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from applications.errors import (
    ApplicationsClosed,
    NotComplete,
    NothingLate,
    OnlySomeStreamsOpen,
    ReasonNeeded,
    StillOpen,
)
from applications.models import Application
from applications.selectors import late_drafts
from applications.services import admit_late_draft, choose_streams, save_section, submit_application
from applications.states import ApplicationState, SubmissionTiming
from mats_portal.cohorts.models import Cohort, Milestone
from mats_portal.cohorts.services import give_extension
from mats_portal.cohorts.states import CohortRole, MilestoneKind
from mats_portal.journal.models import Entry
from mats_portal.outbox.models import Letter
from mats_portal.people.models import Person
from tests import make
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db
CLOSE = MilestoneKind.APPLICATIONS_CLOSE


def close(cohort: Cohort, since: timedelta, grace: int = 0) -> None:
    Milestone.objects.filter(cohort=cohort, kind=CLOSE).update(at=timezone.now() - since, grace_minutes=grace)


def staff_of(cohort: Cohort) -> Person:
    rui = make.make_person("Rui")
    make.make_membership(rui, cohort, CohortRole.STAFF)
    return rui


def too_late(application: Application) -> None:
    with pytest.raises(ApplicationsClosed):
        submit_application(application=application, by=application.person)


@pytest.mark.parametrize(
    ("since", "grace", "timing"),
    [(-60, 5, SubmissionTiming.IN_TIME), (2, 5, SubmissionTiming.IN_GRACE), (299, 5, SubmissionTiming.IN_GRACE)],
)
def test_submission_in_the_grace_is_taken_and_marked(since: int, grace: int, timing: str) -> None:
    application = make.make_application(make.make_cohort(), submitted=False)
    close(application.cohort, timedelta(seconds=since), grace)
    assert submit_application(application=application, by=application.person).timing == timing


@pytest.mark.parametrize(("since", "grace"), [(0, 0), (300, 5), (301, 5)])
def test_after_the_grace_nothing_is_taken(since: int, grace: int) -> None:
    application = make.make_application(make.make_cohort(), submitted=False)
    close(application.cohort, timedelta(seconds=since), grace)
    too_late(application)
    assert not application.submissions.exists()


def test_no_page_of_the_applicant_tells_of_the_grace(client: Client) -> None:
    application = make.make_application(make.make_cohort(), submitted=False)
    client.force_login(application.person)
    for grace, since in ((0, -90), (30, -90), (30, 5)):
        close(application.cohort, timedelta(minutes=since), grace)
        for name in ("apply", "review"):
            page = client.get(reverse(f"applications:{name}", args=[application.cohort.slug])).content.decode()
            assert "grace" not in page.lower()
            assert (since > 0) == ("have closed" in page)


def test_refused_submission_is_kept_as_a_late_draft_even_when_nothing_was_saved_late() -> None:
    application = make.make_application(make.make_cohort(), submitted=False)
    close(application.cohort, timedelta(seconds=1))
    too_late(application)
    assert [draft.application for draft in late_drafts(application.cohort)] == [application]


def test_staff_admit_late_text_with_a_reason_and_the_receipt_says_so() -> None:
    application = make.make_application(make.make_cohort(), submitted=False)
    rui = staff_of(application.cohort)
    close(application.cohort, timedelta(hours=1))
    too_late(application)
    application.refresh_from_db()
    submission = admit_late_draft(application=application, reason="Her power was cut.", by=rui)
    application.refresh_from_db()
    assert (application.state, application.late_saved_at) == (ApplicationState.SUBMITTED, None)
    assert submission.timing == SubmissionTiming.ADMITTED
    assert application.preferences.count() == 1
    assert Entry.objects.get(verb="admit late application").facts["reason"] == "Her power was cut."
    assert "have admitted it" in Letter.objects.get(kind="application receipt").text
    with pytest.raises(NothingLate):
        admit_late_draft(application=application, reason="Again.", by=rui)


def test_late_text_is_not_admitted_without_reason_while_open_or_with_questions_open() -> None:
    application = make.make_application(make.make_cohort(), submitted=False)
    cohort, rui, ada = application.cohort, staff_of(application.cohort), application.person
    close(cohort, timedelta(hours=1))
    save_section(application=application, values={"motivation": ""}, expected_revision=99, by=ada)
    application.refresh_from_db()
    with pytest.raises(ReasonNeeded):
        admit_late_draft(application=application, reason=" \n", by=rui)
    with pytest.raises(NotComplete):
        admit_late_draft(application=application, reason="Ill.", by=rui)
    give_extension(cohort=cohort, kind=CLOSE, person=ada, at=timezone.now() + timedelta(days=1), reason="Ill.", by=rui)
    with pytest.raises(StillOpen):
        admit_late_draft(application=application, reason="Ill.", by=rui)
    assert not application.submissions.exists()


def test_stream_that_stays_open_takes_no_other_with_it() -> None:
    cohort = make.make_cohort()
    longer, other, third = (make.make_stream(cohort) for _ in range(3))
    application = make.make_application(cohort, streams=[other])
    ada = application.person
    choose_streams(application=application, codes=[longer.code, other.code, third.code], by=ada)
    close(cohort, timedelta(hours=1))
    rui = staff_of(cohort)
    give_extension(
        cohort=cohort, kind=CLOSE, stream=longer, at=timezone.now() + timedelta(days=1), reason="New.", by=rui
    )
    with pytest.raises(OnlySomeStreamsOpen, match=f"open for “{longer.name}” only. Take “{third.name}” off"):
        submit_application(application=application, by=ada)
    choose_streams(application=application, codes=[longer.code, other.code], by=ada)
    submission = submit_application(application=application, by=ada)
    assert (submission.number, submission.timing) == (2, SubmissionTiming.IN_TIME)


def test_page_lists_late_drafts_in_few_queries_and_admits_one(
    sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    cohort = make.make_cohort()
    stream = make.make_stream(cohort)
    many = [make.make_application(cohort, make.make_person(), [stream], submitted=False) for _ in range(4)]
    close(cohort, timedelta(hours=1))
    for application in many:
        with pytest.raises(ApplicationsClosed), transaction.atomic():
            submit_application(application=application, by=application.person)
        Application.objects.filter(pk=application.pk).update(late_saved_at=timezone.now())
    client = sign_in(staff_of(cohort))
    with django_assert_max_num_queries(12):
        page = client.get(reverse("applications:late", args=[cohort.slug])).content.decode()
    assert page.count('/admit/">Ada</a>') == 4
    assert "What I think" not in page
    url = reverse("applications:admit", args=[cohort.slug, many[0].code])
    assert "What I think" not in client.get(url).content.decode()
    assert client.post(url, {"reason": " "}).status_code == 200
    client.post(url, {"reason": "Her power was cut."})
    assert many[0].submissions.get().timing == SubmissionTiming.ADMITTED
