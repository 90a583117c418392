"""Nobody sees a score of an application that is still theirs to score; a mentor may leave it to others instead."""

import pytest
from django.urls import reverse

from applications.models import Application
from mats_portal.cohorts.models import Stream
from mats_portal.cohorts.states import CohortRole
from mats_portal.journal.selectors import entries_about
from mats_portal.people.models import Person
from mentors.errors import HasWaived, NotAReviewer, NotYoursToWaive, OthersHaveScored, WaiverUnexplained
from mentors.models import Assignment, Waiver
from mentors.policies import can_review_application, can_waive_scoring
from mentors.selectors import assessments_visible_to, assignment_plan, ranking_rows, score_summaries
from mentors.services import (
    assign_reviewer,
    finish_assessment,
    save_assessment,
    take_back_waiver,
    take_up_review,
    waive_scoring,
)
from mentors.states import WaiverReason
from tests import make
from tests.conftest import SignIn
from tests.mentors import world

pytestmark = pytest.mark.django_db


def sees(person: Person, application: Application) -> int:
    """How many scores by others the person is told of; lists, counts and averages must agree."""
    rows = assessments_visible_to(person, application).exclude(reviewer=person)
    summary = score_summaries(person, Application.objects.filter(pk=application.pk)).get(application.pk)
    own = assessments_visible_to(person, application).filter(reviewer=person, sheet__finished_at__isnull=False)
    assert (summary.count if summary else 0) == rows.count() + own.count()
    return rows.count()


def make_scored(name: str = "Ada") -> tuple[Stream, Application]:
    """An applicant of a stream, scored by a reviewer."""
    cohort = make.make_cohort()
    stream = make.make_stream(cohort, "Interp A")
    application = world.make_applicant(cohort, stream, name=name)
    world.make_assessment(application, world.make_reviewer(cohort, "Tom"))
    return stream, application


def test_a_mentor_who_was_not_asked_is_blind_until_their_own_scores_are_in() -> None:
    stream, application = make_scored()
    mira = world.make_mentor(stream)
    assert sees(mira, application) == 0
    take_up_review(application=application, by=mira)
    save_assessment(application=application, values={"motivation": 3}, comment="", expected_revision=0, by=mira)
    assert sees(mira, application) == 0
    save = world.GOOD
    save_assessment(application=application, values=save, comment="", expected_revision=1, by=mira)
    assert sees(mira, application) == 0
    from_desk = finish_assessment(application=application, values=save, comment="", expected_revision=2, by=mira)
    assert from_desk.assignment.is_own_choice
    assert sees(mira, application) == 1


def test_staff_who_mentor_the_stream_are_mentors_here() -> None:
    stream, application = make_scored()
    rui = world.make_staff(stream.cohort)
    assert sees(rui, application) == 1
    make.make_membership(rui, stream.cohort, CohortRole.MENTOR, stream)
    assert sees(world.fresh(rui), application) == 0


def test_leaving_the_scoring_to_others_opens_theirs_and_closes_ones_own() -> None:
    stream, application = make_scored()
    mira, rui = world.make_mentor(stream), world.make_staff(stream.cohort)
    world.make_assignment(application, mira, rui)
    assert waive_scoring(applications=[application], reason=WaiverReason.NO_TIME, by=mira) == 1
    assert sees(mira, application) == 1
    assert not Assignment.objects.standing().of(mira).exists()
    assert not can_review_application(mira, application).allowed
    assert not can_waive_scoring(mira, application).allowed
    with pytest.raises(NotAReviewer):
        save_assessment(application=application, values={}, comment="", expected_revision=0, by=mira)
    with pytest.raises(HasWaived):
        assign_reviewer(application=application, reviewer=mira, by=rui)
    assert mira.pk not in {pair[1] for pair in assignment_plan(stream.cohort, readers=3).pairs}
    assert "leave scoring to others" in set(entries_about(application).values_list("verb", flat=True))
    assert waive_scoring(applications=[application], reason=WaiverReason.NO_TIME, by=mira) == 0


def test_a_waiver_of_one_applicant_opens_no_other() -> None:
    stream, application = make_scored()
    second = world.make_applicant(stream.cohort, stream, name="Bo")
    world.make_assessment(second, world.make_reviewer(stream.cohort, "Una"))
    mira = world.make_mentor(stream)
    waive_scoring(applications=[application], reason=WaiverReason.OUTSIDE_FIELD, by=mira)
    assert (sees(mira, application), sees(mira, second)) == (1, 0)


def test_a_waiver_opens_nothing_once_the_mentor_has_left_the_stream() -> None:
    stream, application = make_scored()
    mira = world.make_mentor(stream)
    waive_scoring(applications=[application], reason=WaiverReason.NO_TIME, by=mira)
    other = make.make_stream(stream.cohort)
    mira.memberships.all().delete()
    make.make_membership(mira, stream.cohort, CohortRole.MENTOR, other)
    assert sees(world.fresh(mira), application) == 0


def test_only_mentors_of_the_stream_waive_and_say_why() -> None:
    stream, application = make_scored()
    gil, mira = world.make_reviewer(stream.cohort), world.make_mentor(stream)
    world.make_assignment(application, gil)
    strangers = (gil, world.make_mentor(make.make_stream(stream.cohort)), application.person, make.make_person())
    for person in strangers:
        assert not can_waive_scoring(person, application).allowed
        with pytest.raises(NotYoursToWaive):
            waive_scoring(applications=[application], reason=WaiverReason.NO_TIME, by=person)
    with pytest.raises(WaiverUnexplained):
        waive_scoring(applications=[application], reason=WaiverReason.OTHER, note=" ", by=mira)
    world.make_assessment(application, mira)
    with pytest.raises(NotYoursToWaive):
        waive_scoring(applications=[application], reason=WaiverReason.NO_TIME, by=mira)


def test_a_waiver_is_taken_back_only_while_there_was_nothing_to_read() -> None:
    cohort = make.make_cohort()
    stream = make.make_stream(cohort)
    application, mira = world.make_applicant(cohort, stream), world.make_mentor(stream)
    waive_scoring(applications=[application], reason=WaiverReason.NO_TIME, by=mira)
    take_back_waiver(waiver=Waiver.objects.get(), by=mira)
    assert can_review_application(mira, application).allowed
    waive_scoring(applications=[application], reason=WaiverReason.NO_TIME, by=mira)
    world.make_assessment(application, world.make_reviewer(cohort))
    with pytest.raises(OthersHaveScored):
        take_back_waiver(waiver=Waiver.objects.get(), by=mira)


def test_the_ranking_says_which_scores_are_sealed() -> None:
    stream, application = make_scored()
    mira, rui = world.make_mentor(stream), world.make_staff(stream.cohort)
    assert [(row.is_sealed, row.scores) for row in ranking_rows(stream, mira)] == [(True, None)]
    assert [row.is_sealed for row in ranking_rows(stream, rui)] == [False]
    waive_scoring(applications=[application], reason=WaiverReason.NO_TIME, by=mira)
    [row] = ranking_rows(stream, mira)
    assert (row.is_sealed, row.scores.count if row.scores else 0) == (False, 1)


def test_mentors_leave_many_to_others_from_the_ranking(sign_in: SignIn) -> None:
    stream, ada = make_scored()
    bo = world.make_applicant(stream.cohort, stream, name="Bo")
    mira = world.make_mentor(stream)
    client, url = sign_in(mira), reverse("mentors:waive_several", args=[stream.cohort.slug, stream.code])
    ranking = reverse("mentors:ranking", args=[stream.cohort.slug, stream.code])
    assert "open when yours are in" in client.get(ranking).content.decode()
    assert client.post(url, {"reason": "no_time"}).status_code == 400
    refused = client.post(url, {"application": [ada.code], "reason": "other", "note": ""})
    assert refused.status_code == 400
    assert "in a few words" in refused.content.decode()
    assert client.post(url, {"application": [ada.code], "reason": "no_time"}).status_code == 302
    assert [waiver.application for waiver in Waiver.objects.all()] == [ada]
    assert 'data-label="Ability">4.' in client.get(ranking).content.decode()
    assert bo.person.name in client.get(url).content.decode()
    assert ada.person.name not in client.get(url).content.decode()


def test_the_desk_says_what_was_left_to_others(sign_in: SignIn) -> None:
    stream, application = make_scored()
    mira = world.make_mentor(stream)
    client, codes = sign_in(mira), [stream.cohort.slug, application.code]
    desk, waive = reverse("mentors:desk", args=codes), reverse("mentors:waive", args=codes)
    assert "Careful work." not in client.get(desk).content.decode()
    assert client.post(waive, {"reason": "no_time"}).status_code == 302
    shown = client.get(desk).content.decode()
    assert "Left to others" in shown
    assert "Careful work." in shown
    assert "Save and next" not in shown
    answer = client.post(reverse("mentors:take_back_waiver", args=codes), follow=True)
    assert "cannot be taken back" in answer.content.decode()
