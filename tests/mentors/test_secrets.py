"""Twin worlds: until the release an applicant's pages are the same, byte for byte, whatever selection holds."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applications.models import Application
from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.outbox.models import Letter
from mats_portal.people.models import Person
from mentors.services import (
    ask_what_if,
    decide_pair,
    declare_conflict,
    prepare_offers,
    rank_applications,
    run_matching,
    set_motivation_floor,
)
from mentors.states import ConflictKind
from tests import make
from tests.conftest import SignIn
from tests.mentors import world

pytestmark = pytest.mark.django_db

# What differs between any two requests: tokens, nonces, and ages told to the minute.
CHANGING = re.compile(
    rb'(csrfmiddlewaretoken" value="|name="csrf-token" content="|nonce="|data-csrf="|"made_at": ")[^"]*'
)
UNSEEN_HEADERS = {"set-cookie", "content-security-policy"}


def own_pages(application: Application) -> list[str]:
    """The addresses at which an applicant reads of their application."""
    slug = application.cohort.slug
    return [
        "/",
        reverse("cohorts:cohort", args=[slug]),
        reverse("applications:apply", args=[slug]),
        reverse("people:settings"),
        reverse("people:own_data"),
        application.get_absolute_url(),
        reverse("mentors:review", args=[slug]),
        reverse("mentors:desk", args=[slug, application.code]),
        reverse("mentors:offers", args=[slug]),
    ]


def photograph(client: Client, application: Application) -> dict[str, tuple[int, bytes, dict[str, str]]]:
    """Everything the applicant can see: status, bytes and headers of each page."""
    found = {}
    for url in own_pages(application):
        answer = client.get(url)
        headers = {name.lower(): value for name, value in answer.headers.items() if name.lower() not in UNSEEN_HEADERS}
        headers.pop("content-length", None)
        found[url] = (answer.status_code, CHANGING.sub(rb"\1", answer.content), headers)
    return found


def score(application: Application, stream: Stream, rui: Person) -> None:
    """A finished review, with a comment."""
    world.make_assessment(application, world.make_reviewer(stream.cohort))


def begin(application: Application, stream: Stream, rui: Person) -> None:
    """A reviewer has been asked."""
    world.make_assignment(application, world.make_reviewer(stream.cohort), rui)


def conflict(application: Application, stream: Stream, rui: Person) -> None:
    """Somebody has declared a tie."""
    gil = world.make_reviewer(stream.cohort)
    declare_conflict(application=application, person=gil, kind=ConflictKind.FRIEND, by=gil)


def rank(application: Application, stream: Stream, rui: Person) -> None:
    """The stream would take the applicant."""
    world.rank(stream, rui, application)


def reject(application: Application, stream: Stream, rui: Person) -> None:
    """The stream would not."""
    rank_applications(stream=stream, ordered=[application.code], would_take=0, expected_revision=0, by=rui)


def match(application: Application, stream: Stream, rui: Person) -> None:
    """A round has matched them."""
    rank(application, stream, rui)
    run_matching(cohort=stream.cohort, by=rui)


def prepare(application: Application, stream: Stream, rui: Person) -> None:
    """An offer is prepared, and not sent."""
    rank(application, stream, rui)
    prepare_offers(made=run_matching(cohort=stream.cohort, by=rui), by=rui)


def ask(application: Application, stream: Stream, rui: Person) -> None:
    """Staff have asked what if."""
    rank(application, stream, rui)
    ask_what_if(cohort=stream.cohort, change={"kind": "seats", "stream": stream.code, "seats": 9}, by=rui)


def fix(application: Application, stream: Stream, rui: Person) -> None:
    """A decision has put the applicant with the stream."""
    decide_pair(application=application, stream=stream, reason="Needed there.", by=rui)


def floor(application: Application, stream: Stream, rui: Person) -> None:
    """The applicant is under the motivation floor."""
    score(application, stream, rui)
    set_motivation_floor(cohort=stream.cohort, points=Decimal(5), reason="To look at it.", by=rui)


def make_applicants_world() -> tuple[Cohort, Stream, Application, Person]:
    """Ada's submitted application, after the close."""
    cohort = make.make_cohort("Winter", slug="winter", days_later=-20)
    stream = make.make_stream(cohort, "Interp A")
    return cohort, stream, world.make_applicant(cohort, stream), world.make_staff(cohort)


@pytest.mark.parametrize("secret", [score, begin, conflict, rank, reject, match, prepare, ask, fix, floor])
def test_an_applicants_pages_do_not_tell_what_selection_holds(
    secret: Callable[[Application, Stream, Person], None], sign_in: SignIn
) -> None:
    _, stream, application, rui = make_applicants_world()
    client = sign_in(application.person)
    before = photograph(client, application)
    secret(application, stream, rui)
    after = photograph(client, application)
    for url in before:
        assert after[url] == before[url], url
    assert not Letter.objects.filter(recipient=application.person).exists()


def test_staff_do_see_the_difference(sign_in: SignIn) -> None:
    cohort, stream, application, rui = make_applicants_world()
    client, url = sign_in(rui), reverse("mentors:offers", args=[cohort.slug])
    before = client.get(url).content
    prepare(application, stream, rui)
    assert client.get(url).content != before


def test_a_mentor_sees_no_difference_while_another_streams_offer_is_only_prepared(sign_in: SignIn) -> None:
    cohort, stream, _, rui = make_applicants_world()
    other = make.make_stream(cohort, "Oversight B")
    ada = world.make_applicant(cohort, other, stream, name="Bo")
    mira = world.make_mentor(stream)
    client, url = sign_in(mira), reverse("mentors:ranking", args=[cohort.slug, stream.code])
    before = CHANGING.sub(rb"\1", client.get(url).content)
    world.rank(other, rui, ada)
    prepare_offers(made=run_matching(cohort=cohort, by=rui), by=rui)
    assert CHANGING.sub(rb"\1", client.get(url).content) == before


def asked(client: Client, url: str) -> int:
    """How many statements a page asks of the database, warm."""
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def grow(cohort: Cohort, streams: list[Stream], rui: Person, gil: Person, names: list[str]) -> list[Application]:
    """Applicants to both streams, each reviewed by Gil and by somebody else."""
    found = []
    for name in names:
        application = world.make_applicant(cohort, *streams, name=name)
        world.make_assignment(application, gil, rui)
        found.append(application)
    return found


@pytest.mark.parametrize("who", ["staff", "mentor", "reviewer"])
def test_pages_ask_the_same_number_of_questions_for_3_and_for_30(who: str, sign_in: SignIn) -> None:
    cohort = make.make_cohort(days_later=-20, seats=100)
    streams = [make.make_stream(cohort, name, seats=50) for name in ("One", "Two")]
    rui, gil, mira = world.make_staff(cohort), world.make_reviewer(cohort), world.make_mentor(streams[0])
    names = {
        "staff": ["assignments", "selection", "offers"],
        "mentor": ["review"],
        "reviewer": ["review"],
    }[who]
    urls = [reverse(f"mentors:{name}", args=[cohort.slug]) for name in names]
    if who != "reviewer":
        urls.append(reverse("mentors:ranking", args=[cohort.slug, streams[0].code]))
    client = sign_in({"staff": rui, "mentor": mira, "reviewer": gil}[who])
    few = grow(cohort, streams, rui, gil, ["Ada", "Bo", "Cy"])
    for application in few:
        world.make_assessment(application, gil)
    settle(cohort, streams, rui, few)
    if who == "staff":
        urls.append(cohort.selection_rounds.all()[0].get_absolute_url())
    if who == "reviewer":
        urls.append(reverse("mentors:desk", args=[cohort.slug, few[0].code]))
    before = {url: asked(client, url) for url in urls}
    settle(cohort, streams, rui, [*few, *grow(cohort, streams, rui, gil, [f"N{n}" for n in range(27)])])
    if who == "staff":
        urls[-1] = cohort.selection_rounds.all()[0].get_absolute_url()
    after = {url: asked(client, url) for url in urls}
    assert list(after.values()) == list(before.values())
    details = [count for url, count in after.items() if url in {urls[-1]} and who != "mentor"]
    lists = [count for url, count in after.items() if url not in {urls[-1]} or who == "mentor"]
    assert max(lists) <= 12, after
    assert max(details, default=0) <= 22, after


def settle(cohort: Cohort, streams: list[Stream], rui: Person, applications: list[Application]) -> None:
    """Rank everybody in both streams and prepare the offers."""
    for stream in streams:
        world.rank(stream, rui, *applications)
    prepare_offers(made=run_matching(cohort=cohort, by=rui), by=rui)
