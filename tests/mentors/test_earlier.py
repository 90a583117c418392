"""What is told of an earlier application: its end in a few words, and no score before one's own."""

from __future__ import annotations

import pytest
from django.urls import reverse

from applications.models import Application
from mats_portal.cohorts.models import Stream
from mats_portal.cohorts.states import CohortRole
from mats_portal.people.models import Person
from mentors.models import Offer
from mentors.policies import can_discuss_application
from mentors.selectors import assessments_visible_to, score_summaries
from mentors.selectors.earlier import outcomes
from mentors.selectors.round_scores import readable_scores
from mentors.selectors.scores import sealed_for
from mentors.states import OfferState
from tests import make
from tests.conftest import SignIn
from tests.mentors import world

pytestmark = pytest.mark.django_db


def test_end_of_an_earlier_application_is_told_from_the_ranking_and_from_what_was_sent() -> None:
    cohort = make.make_cohort()
    stream, rui = make.make_stream(cohort), world.make_staff(cohort)
    offer = world.released_offer(cohort, stream, rui)
    unranked = world.make_applicant(cohort, stream, name="Bo")
    ranked = offer.application
    assert outcomes([ranked, unranked]) == {ranked.pk: "offered a place", unranked.pk: "not ranked"}
    Offer.objects.filter(pk=offer.pk).update(released_at=None, expires_at=None, state=OfferState.PENDING)
    assert outcomes([ranked]) == {ranked.pk: "ranked, not offered a place"}
    assert outcomes([]) == {}


def make_returning() -> tuple[Application, Application, Stream, Stream]:
    """Ada's application of last year, which Tom scored, and this year's, each to a stream of its cohort."""
    then, now = make.make_cohort("Then"), make.make_cohort("Now")
    before, after = make.make_stream(then, "Interp then"), make.make_stream(now, "Interp now")
    earlier = world.make_applicant(then, before)
    world.make_assessment(earlier, world.make_reviewer(then, "Tom"))
    return earlier, world.make_applicant(now, after, person=earlier.person), before, after


def make_mira(*streams: Stream) -> Person:
    """A mentor of several streams."""
    mira = make.make_person("Mira")
    for stream in streams:
        make.make_membership(mira, stream.cohort, CohortRole.MENTOR, stream)
    return world.fresh(mira)


def others(person: Person, application: Application) -> int:
    """How many scores by others the person is told of, one by one and counted."""
    rows = assessments_visible_to(person, application).exclude(reviewer=person).count()
    summary = score_summaries(person, Application.objects.filter(pk=application.pk)).get(application.pk)
    own = assessments_visible_to(person, application).filter(reviewer=person).count()
    assert (summary.count if summary else 0) == rows + own
    return rows


def test_scores_of_an_earlier_application_open_when_the_later_one_is_scored() -> None:
    earlier, later, before, after = make_returning()
    mira = make_mira(before, after)
    world.make_assessment(earlier, mira)
    assert others(mira, earlier) == 0
    assert sealed_for(mira, Application.objects.all()) == {earlier.pk, later.pk}
    assert not can_discuss_application(mira, earlier).allowed
    world.make_assessment(later, mira)
    assert others(mira, earlier) == 1
    assert can_discuss_application(mira, earlier).allowed
    assert sealed_for(mira, Application.objects.all()) == set()


def test_an_earlier_application_that_was_never_scored_seals_no_later_one() -> None:
    _, later, before, after = make_returning()
    mira = make_mira(before, after)
    world.make_assessment(later, world.make_reviewer(later.cohort, "Tim"))
    world.make_assessment(later, mira)
    assert others(mira, later) == 1


def test_staff_who_owe_a_review_wait_for_the_scores_of_last_year_too() -> None:
    earlier, later, *_ = make_returning()
    rui = make.make_person("Rui")
    for cohort, role in ((earlier.cohort, CohortRole.STAFF), (later.cohort, CohortRole.REVIEWER)):
        make.make_membership(rui, cohort, role)
    rui = world.fresh(rui)
    assert readable_scores(rui, earlier.cohort).count() == 1
    world.make_assignment(later, rui)
    assert readable_scores(rui, earlier.cohort).count() == 0


def test_pages_of_last_year_tell_no_score_until_this_years_is_in(sign_in: SignIn) -> None:
    earlier, later, before, after = make_returning()
    mira = make_mira(before, after)
    world.make_assessment(earlier, mira)
    client = sign_in(mira)
    desk = reverse("mentors:desk", args=[earlier.cohort.slug, earlier.code])
    ranking = reverse("mentors:ranking", args=[earlier.cohort.slug, before.code])
    assert "Tom" not in client.get(desk).text
    assert "open when yours are in" in client.get(ranking).text
    world.make_assessment(later, mira)
    assert "Tom" in client.get(desk).text
