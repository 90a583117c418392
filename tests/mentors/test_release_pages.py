"""Releases as staff prepare and confirm them, and the answer as an applicant reads it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.states import MilestoneKind
from mats_portal.outbox.models import Letter
from mats_portal.people.models import Person
from mentors.dashboard import cohort_queues
from mentors.models import Release
from mentors.services import confirm_release, declare_conflict, prepare_release, stop_release
from mentors.states import ConflictKind, DecisionKind, FeedbackGroup, ReleaseState
from tests.conftest import SignIn
from tests.mentors import world
from tests.mentors.test_pages import page, words
from tests.mentors.test_releases import ALL, make_round, make_worded, of

pytestmark = pytest.mark.django_db
MOST = 12


def test_two_of_the_staff_release_a_rounds_decisions(sign_in: SignIn) -> None:
    cohort, _, rui = make_round()
    client = sign_in(rui)
    text = page(client, "releases", cohort.slug)
    assert "Offers that are prepared: 1" in text
    assert "Rejections: 3" in text
    prepare = reverse("mentors:releases", args=[cohort.slug])
    assert client.post(prepare, {}).status_code == 400
    assert client.post(prepare, {"told": [str(kind) for kind in ALL]}).status_code == 302
    release = Release.objects.get()
    text = page(client, "release", cohort.slug, release.code)
    assert "“Not reviewed” needs a few sentences of feedback and at least one reason." in text
    typed: dict[str, object] = {}
    for one in release.words.filter(kind=DecisionKind.REJECTION):
        typed |= {f"w{one.pk}-text": f"We looked for more, {one.group}.", f"w{one.pk}-tags": ["depth", "fit"]}
    assert client.post(reverse("mentors:word", args=[cohort.slug, release.code]), typed).status_code == 302
    assert "Ines can confirm it" not in page(client, "release", cohort.slug, release.code)
    ines = world.second_person(cohort)
    assert "Ines can confirm it" in page(client, "release", cohort.slug, release.code)
    second = sign_in(ines, lately=True)
    cy = release.decisions.get(application=of("Cy"))
    letter = page(second, "decision", cohort.slug, release.code, cy.code)
    assert "We looked for more, ranked." in letter
    confirm = reverse("mentors:confirm", args=[cohort.slug, release.code])
    assert second.post(confirm, {"count": "many"}).status_code == 400
    assert second.post(confirm, {"count": 4}).status_code == 409
    assert second.post(confirm, {"count": 5}).status_code == 302
    assert "It goes out soon" in page(client, "release", cohort.slug, release.code)
    world.hold_is_over(release)
    assert "prepared by Rui and confirmed by Ines" in page(client, "release", cohort.slug, release.code)


def test_confirming_asks_first_who_is_there(sign_in: SignIn) -> None:
    cohort, _, rui = make_round()
    release = make_worded(cohort, rui)
    confirm = reverse("mentors:confirm", args=[cohort.slug, release.code])
    long_ago = sign_in(world.second_person(cohort))
    for answer in (long_ago.get(confirm), long_ago.post(confirm, {"count": 5})):
        assert answer["Location"].startswith(reverse("mfa_reauthenticate"))
    release.refresh_from_db()
    assert release.state == ReleaseState.DRAFT


def test_whoever_prepared_it_is_refused(sign_in: SignIn) -> None:
    cohort, _, rui = make_round()
    release = make_worded(cohort, rui)
    confirm = reverse("mentors:confirm", args=[cohort.slug, release.code])
    answer = sign_in(rui, lately=True).post(confirm, {"count": 5})
    assert answer.status_code == 409
    assert "somebody else of the programme staff has to confirm it" in words(answer)


def test_either_stops_it_and_it_is_prepared_anew(sign_in: SignIn) -> None:
    cohort, _, rui = make_round()
    release = make_worded(cohort, rui)
    confirm_release(release=release, typed_count=5, by=world.second_person(cohort))
    client = sign_in(rui)
    assert client.post(reverse("mentors:stop", args=[cohort.slug, release.code])).status_code == 302
    assert "Rui stopped it." in page(client, "release", cohort.slug, release.code)
    answer = client.post(reverse("mentors:renew", args=[cohort.slug, release.code]), follow=True)
    assert "Words and notes were taken over" in words(answer)
    assert not Letter.objects.exists()


def test_a_note_and_leaving_out_are_for_one_person(sign_in: SignIn) -> None:
    cohort, _, rui = make_round()
    release = make_worded(cohort, rui)
    client, cy = sign_in(rui), release.decisions.get(application=of("Cy"))
    url = reverse("mentors:decision", args=[cohort.slug, release.code, cy.code])
    assert client.post(url, {"note": "x" * 2001}).status_code == 400
    assert client.post(url, {"note": "Your proof sketch was right."}).status_code == 302
    assert "Your proof sketch was right." in words(client.get(url))
    assert client.post(reverse("mentors:leave_out", args=[cohort.slug, release.code, cy.code])).status_code == 302
    assert client.get(url).status_code == 404


def test_whom_a_reader_is_tied_to_is_counted_and_not_shown(sign_in: SignIn) -> None:
    cohort, _, rui = make_round()
    release = make_worded(cohort, rui)
    declare_conflict(application=of("Cy"), person=rui, kind=ConflictKind.FRIEND, by=rui)
    client, cy = sign_in(rui), release.decisions.get(application=of("Cy"))
    assert "1 person with whom you declared a tie is not shown" in page(client, "release", cohort.slug, release.code)
    page(client, "decision", cohort.slug, release.code, cy.code, status=404)


def test_an_applicant_reads_the_answer_once_it_is_out(sign_in: SignIn) -> None:
    cohort, _, rui = make_round()
    release = make_worded(cohort, rui)
    cy, bo = (sign_in(of(name).person) for name in ("Cy", "Bo"))
    home = words(cy.get("/"))
    page(cy, "own_decision", cohort.slug, status=404)
    confirm_release(release=release, typed_count=5, by=world.second_person(cohort))
    page(cy, "own_decision", cohort.slug, status=404)
    assert "Our answer" not in home
    world.hold_is_over(release)
    assert world.FEEDBACK.text in page(cy, "own_decision", cohort.slug)
    assert "Our answer to your application is there" in words(cy.get("/"))
    text = page(bo, "own_decision", cohort.slug)
    assert "You are on the reserve" in text
    assert FeedbackGroup.RANKED.label not in text


def test_the_pages_of_a_release_ask_the_same_for_few_and_for_many(sign_in: SignIn) -> None:
    cohort, stream, rui = make_round()
    client, asked = sign_in(rui), []
    for number in range(2):
        release = prepare_release(cohort=cohort, kinds=[DecisionKind.RESERVE, DecisionKind.REJECTION], by=rui)
        with CaptureQueriesContext(connection) as queries:
            page(client, "release", cohort.slug, release.code)
        asked.append(len(queries))
        Release.objects.all().delete()
        for name in range(20):
            world.make_applicant(cohort, stream, name=f"More {number} {name}")
    assert asked[0] == asked[1] <= MOST


@pytest.mark.parametrize(("days", "warns"), [(30, True), (57, False), (-1, False), (None, False)])
def test_a_release_of_offers_warns_of_little_time_to_come(sign_in: SignIn, days: int | None, warns: bool) -> None:
    cohort, _, rui = make_round()
    start = cohort.milestones.filter(kind=MilestoneKind.IN_PERSON_STARTS)
    if days is None:
        start.delete()
    else:
        start.update(at=Now() + timedelta(days=days))
    release = prepare_release(cohort=cohort, kinds=[DecisionKind.OFFER], by=rui)
    text = page(sign_in(rui), "release", cohort.slug, release.code)
    assert ("Whoever accepts today has 29 days until the in-person start." in text) is warns


def test_a_release_without_offers_warns_of_no_date(sign_in: SignIn) -> None:
    cohort, _, rui = make_round()
    cohort.milestones.filter(kind=MilestoneKind.IN_PERSON_STARTS).update(at=Now() + timedelta(days=30))
    release = prepare_release(cohort=cohort, kinds=[DecisionKind.RESERVE], by=rui)
    assert "Little time to come" not in page(sign_in(rui), "release", cohort.slug, release.code)


def test_a_release_waits_on_the_overview_of_whoever_can_confirm_it_once_it_is_worded() -> None:
    cohort, _, rui = make_round()
    ines = world.second_person(cohort)
    release = prepare_release(cohort=cohort, kinds=ALL, by=rui)
    assert [waiting(cohort, person) for person in (rui, ines)] == [[], []]
    stop_release(release=release, by=rui)
    release = make_worded(cohort, rui)
    assert waiting(cohort, rui) == [("Releases that wait for a second person", False)]
    assert waiting(cohort, ines) == [("Releases that wait for you", True)]
    confirm_release(release=release, typed_count=5, by=ines)
    assert waiting(cohort, ines) == []


def waiting(cohort: Cohort, person: Person) -> list[tuple[str, bool]]:
    """The releases among what waits for one of the staff, long after answers were due, and whether it is stuck."""
    queues = cohort_queues(world.fresh(person), cohort, timezone.now() + timedelta(days=300))
    return [(queue.label, queue.is_stuck) for queue in queues if "Releases" in queue.label]
