"""Where an application stands is said in the same words to everybody until decisions are released."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from applications.models import Application
from mats_portal.cohorts.models import Cohort, Milestone
from mats_portal.cohorts.states import MilestoneKind
from mentors.services import prepare_offers, run_matching
from tests import make
from tests.conftest import SignIn
from tests.leaks.looks import alike
from tests.mentors import world

pytestmark = pytest.mark.django_db
MOMENTS = re.compile(rb"<time[^>]*>[^<]*</time>")


def make_closed_cohort() -> Cohort:
    """Applications have closed; everybody hears in 39 - 20 days."""
    return make.make_cohort("Winter", days_later=-20)


def submit(cohort: Cohort) -> Application:
    """An application by somebody called Ada, in time."""
    closes = Milestone.objects.get(cohort=cohort, kind=MilestoneKind.APPLICATIONS_CLOSE)
    at, closes.at = closes.at, timezone.now() + timedelta(hours=1)
    closes.save()
    application = make.make_application(cohort)
    closes.at = at
    closes.save()
    return application


def pages(application: Application, sign_in: SignIn) -> list[bytes]:
    client, slug = sign_in(application.person), application.cohort.slug
    addresses = ["/", *(reverse(f"applications:{name}", args=[slug]) for name in ("apply", "references", "streams"))]
    found = [client.get(at).content for at in addresses]
    own = (application.code, application.person.email)
    return [MOMENTS.sub(b"", re.sub("|".join(own).encode(), b"", alike(body))) for body in found]


def test_strong_weak_and_unread_applicants_read_the_same(sign_in: SignIn) -> None:
    cohort = make_closed_cohort()
    stream = make.make_stream(cohort, "Oversight")
    rui, rea = world.make_staff(cohort), world.make_reviewer(cohort)
    best, weak, unread = (submit(cohort) for _ in range(3))
    world.make_assessment(best, rea, technical_ability=5, motivation=5)
    world.make_assessment(weak, rea, technical_ability=1, motivation=1)
    world.rank(stream, rui, best)
    prepare_offers(made=run_matching(cohort=cohort, by=rui), by=rui)
    looks = [pages(one, sign_in) for one in (best, weak, unread)]
    assert looks[0] == looks[1] == looks[2]
    assert b"With us" in looks[0][1]
    assert b"You hear from us, either way" in looks[0][1]


@pytest.mark.parametrize(
    ("days_later", "words"),
    [
        (0, "you can edit until then, even after submitting"),
        (-20, "People read it now."),
        (-45, "If nothing has reached you, write to us"),
    ],
)
def test_next_date_is_said_in_both_zones(sign_in: SignIn, days_later: int, words: str) -> None:
    cohort = make.make_cohort()
    application = make.make_application(cohort, make.make_person(time_zone="Pacific/Auckland"))
    for milestone in Milestone.objects.filter(cohort=cohort):
        milestone.at += timedelta(days=days_later)
        milestone.save()
    page = sign_in(application.person).get(reverse("applications:apply", args=[cohort.slug])).text
    assert words in page
    assert "Auckland" in page
    assert "anywhere on Earth" in page


def test_without_a_date_and_without_a_submission_that_is_said(sign_in: SignIn) -> None:
    cohort = make.make_cohort()
    application = make.make_application(cohort)
    draft = make.make_application(cohort, submitted=False)
    past = timezone.now() - timedelta(days=1)
    Milestone.objects.filter(cohort=cohort, kind=MilestoneKind.OFFERS_RELEASED).delete()
    Milestone.objects.filter(cohort=cohort, kind=MilestoneKind.APPLICATIONS_CLOSE).update(at=past)
    at = reverse("applications:apply", args=[cohort.slug])
    assert "When you hear from us will be said here" in sign_in(application.person).get(at).text
    assert "so nobody reads it" in sign_in(draft.person).get(at).text
