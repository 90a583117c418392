"""The pages of reviewing and selecting, as people use them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.people.models import Person
from mats_portal.rubrics.services import default_rubric
from mentors.models import Assessment, Assignment, Conflict, Offer, SelectionRound
from mentors.services import finish_ranking, prepare_offers, run_matching
from mentors.states import DecisionKind, OfferState, RoundState
from tests import make
from tests.conftest import SignIn
from tests.mentors import world

pytestmark = pytest.mark.django_db
SCORES = {f"score_{key}": value for key, value in world.GOOD.items()}


def words(answer: Any) -> str:
    """The text of an answer on one line."""
    return " ".join(answer.content.decode().split())


def page(client: Client, name: str, *args: object, status: int = 200) -> str:
    """The text of a page."""
    answer = client.get(reverse(f"mentors:{name}", args=args))
    assert answer.status_code == status
    return words(answer)


def make_line(seats: int = 2, names: tuple[str, ...] = ("Ada", "Bo", "Cy")) -> tuple[Cohort, Stream, Person]:
    """A cohort with one stream, its staff, and applicants."""
    cohort = make.make_cohort()
    stream = make.make_stream(cohort, "Interp A", seats=seats)
    for name in names:
        world.make_applicant(cohort, stream, name=name)
    return cohort, stream, world.make_staff(cohort)


def test_a_reviewer_scores_one_after_the_other(sign_in: SignIn) -> None:
    cohort, _, rui = make_line(names=("Ada", "Bo"))
    gil = world.make_reviewer(cohort)
    for application in cohort.applications.all():
        world.make_assignment(application, gil, rui)
    client = sign_in(gil)
    assert "2 left" in page(client, "review", cohort.slug)
    first = Assignment.objects.order_by("pk")[0].application
    url = reverse("mentors:desk", args=[cohort.slug, first.code])
    assert "The result that would move me" in page(client, "desk", cohort.slug, first.code)
    answer = client.post(url, SCORES | {"revision": 0, "comment": "Careful.", "finish": "1"})
    assert answer.status_code == 302
    assert answer["Location"] != url
    answer = client.post(answer["Location"], SCORES | {"revision": 0, "finish": "1"})
    assert answer["Location"] == reverse("mentors:review", args=[cohort.slug])
    assert "All your reviews are in" in page(client, "review", cohort.slug)


def test_the_desk_saves_by_itself_and_says_when(sign_in: SignIn) -> None:
    cohort, _, rui = make_line(names=("Ada",))
    gil, application = world.make_reviewer(cohort), cohort.applications.get()
    world.make_assignment(application, gil, rui)
    client, url = sign_in(gil), reverse("mentors:desk", args=[cohort.slug, application.code])
    told = client.post(url, {"revision": 0, "score_motivation": 4}, headers={"Accept": "application/json"}).json()
    assert told["version"] == 1
    assert len(told["saved_at"]) == 5
    late = client.post(url, {"revision": 0, "score_motivation": 2}, headers={"Accept": "application/json"})
    assert late.status_code == 409
    assert "another window" in late.json()["sentence"]
    wrong = client.post(url, {"revision": 1, "score_motivation": 9}, headers={"Accept": "application/json"})
    assert wrong.status_code == 400
    assert "1 to 5" in wrong.json()["sentence"]


def test_what_was_typed_stays_when_it_cannot_be_saved(sign_in: SignIn) -> None:
    cohort, _, rui = make_line(names=("Ada",))
    gil, application = world.make_reviewer(cohort), cohort.applications.get()
    world.make_assignment(application, gil, rui)
    client, url = sign_in(gil), reverse("mentors:desk", args=[cohort.slug, application.code])
    answer = client.post(url, {"revision": 0, "comment": "Half a thought", "score_motivation": 4, "finish": "1"})
    assert answer.status_code == 400
    assert "Not scored yet: Technical ability" in answer.content.decode()
    assert "Half a thought" in answer.content.decode()
    client.post(url, {"revision": 0, "comment": "From the other window", "save": "1"})
    stale = client.post(url, {"revision": 0, "comment": "From this window", "save": "1"})
    assert stale.status_code == 409
    text = stale.content.decode()
    assert "From this window" in text
    assert "From the other window" in text
    assert client.post(url, {"revision": 1, "comment": "From this window", "save": "1"}).status_code == 302
    assert Assessment.objects.get().sheet.comment == "From this window"


def test_others_scores_open_on_the_desk_when_ones_own_are_in(sign_in: SignIn) -> None:
    cohort, _, _ = make_line(names=("Ada",))
    gil, tom, application = world.make_reviewer(cohort), world.make_reviewer(cohort, "Tom"), cohort.applications.get()
    world.make_assignment(application, gil)
    world.make_assessment(application, tom)
    client = sign_in(gil)
    before = page(client, "desk", cohort.slug, application.code)
    assert "Tom" not in before
    assert "Careful work." not in before
    world.make_assessment(application, gil)
    after = page(client, "desk", cohort.slug, application.code)
    assert "Tom" in after
    assert "Careful work." in after


def test_a_declared_tie_takes_the_application_out_of_every_page(sign_in: SignIn) -> None:
    cohort, stream, _ = make_line(names=("Ada Quill", "Bo"))
    mira = world.make_mentor(stream)
    ada = cohort.applications.get(person__name="Ada Quill")
    world.make_assignment(ada, mira)
    client = sign_in(mira)
    assert "Ada Quill" in page(client, "ranking", cohort.slug, stream.code)
    url = reverse("mentors:conflict", args=[cohort.slug, ada.code])
    assert client.post(url, {}).status_code == 200
    assert not Conflict.objects.exists()
    assert client.post(url, {"kind": "friend"}).status_code == 302
    assert "Ada Quill" not in page(client, "ranking", cohort.slug, stream.code)
    assert "Ada Quill" not in page(client, "review", cohort.slug)
    page(client, "desk", cohort.slug, ada.code, status=404)
    assert client.get(ada.get_absolute_url()).status_code == 404


def test_staff_preview_an_assignment_and_apply_it(sign_in: SignIn) -> None:
    cohort, stream, rui = make_line()
    mira, gil = world.make_mentor(stream), world.make_reviewer(cohort)
    client, url = sign_in(rui), reverse("mentors:assignments", args=[cohort.slug])
    preview = client.get(f"{url}?readers=2&cap=")
    assert "6 new reviews for 3 submitted applications" in words(preview)
    assert not Assignment.objects.exists()
    plan = preview.context["plan"]
    wrong = client.post(url, {"readers": 2, "cap": "", "digest": "other"})
    assert wrong.status_code == 200
    assert not Assignment.objects.exists()
    assert client.post(url, {"readers": 2, "cap": "", "digest": plan.digest}).status_code == 302
    assert Assignment.objects.filter(reviewer=mira).count() == Assignment.objects.filter(reviewer=gil).count() == 3
    assert "Mira" in page(client, "assignments", cohort.slug)
    assert "0 of 3 reviews are in" in page(client, "reviewer", cohort.slug, gil.code)


def test_staff_assign_and_take_back_by_hand(sign_in: SignIn) -> None:
    cohort, _, rui = make_line(names=("Ada",))
    gil, application = world.make_reviewer(cohort), cohort.applications.get()
    client, url = sign_in(rui), reverse("mentors:assign", args=[cohort.slug])
    assert (
        "no application of that code"
        in client.post(url, {"application": "nothing", "reviewer": gil.code}).content.decode()
    )
    assert client.post(url, {"application": application.code, "reviewer": gil.code}).status_code == 302
    again = client.post(url, {"application": application.code, "reviewer": gil.code})
    assert "has the application already" in again.content.decode()
    back = reverse("mentors:take_back", args=[cohort.slug, gil.code, application.code])
    assert client.post(back).status_code == 302
    assert not Assignment.objects.standing().exists()


def test_a_mentor_ranks_by_number_and_says_that_it_is_in(sign_in: SignIn) -> None:
    cohort, stream, _ = make_line()
    mira = world.make_mentor(stream)
    ada, bo, cy = (cohort.applications.get(person__name=name) for name in ("Ada", "Bo", "Cy"))
    client, url = sign_in(mira), reverse("mentors:ranking", args=[cohort.slug, stream.code])
    sent = {"revision": 0, "would_take": 1, f"place_{cy.code}": 1, f"place_{ada.code}": 2, f"place_{bo.code}": ""}
    assert client.post(url, sent | {"finish": "1"}).status_code == 302
    assert world.places_of(stream) == [(cy.code, True), (ada.code, False)]
    assert "The ranking is in" in page(client, "ranking", cohort.slug, stream.code)
    moved = {"revision": 1, "would_take": 2, f"place_{cy.code}": 1, f"place_{ada.code}": 2, f"place_{bo.code}": 1}
    assert client.post(url, moved | {f"off_{ada.code}": "on"}).status_code == 302
    assert world.places_of(stream) == [(bo.code, True), (cy.code, True)]


def test_a_stale_ranking_is_shown_as_sent_and_not_saved(sign_in: SignIn) -> None:
    cohort, stream, _ = make_line(names=("Ada", "Bo"))
    mira, noor = world.make_mentor(stream), world.make_mentor(stream, "Noor")
    ada, bo = (cohort.applications.get(person__name=name) for name in ("Ada", "Bo"))
    world.rank(stream, noor, ada, bo)
    client, url = sign_in(mira), reverse("mentors:ranking", args=[cohort.slug, stream.code])
    sent = {"revision": 0, "would_take": 2, f"place_{bo.code}": 1, f"place_{ada.code}": 2}
    answer = client.post(url, sent)
    assert answer.status_code == 409
    assert "Noor saved this ranking meanwhile" in answer.content.decode()
    assert [one.row.application for one in answer.context["ranked"]] == [bo, ada]
    assert client.post(url, sent | {"revision": 1}).status_code == 302
    assert world.places_of(stream)[0] == (bo.code, True)


def test_a_mentor_reads_no_other_streams_name_on_the_ranking_page(sign_in: SignIn) -> None:
    cohort, stream, rui = make_line(names=())
    other = make.make_stream(cohort, "Oversight B")
    ada = world.make_applicant(cohort, other, stream)
    mira = world.make_mentor(stream)
    world.rank(other, rui, ada)
    world.rank(stream, mira, ada)
    text = page(sign_in(mira), "ranking", cohort.slug, stream.code)
    assert "Wanted by another stream" in text
    assert "Oversight B" not in text


def test_staff_go_from_rankings_to_released_offers(sign_in: SignIn) -> None:
    cohort, stream, rui = make_line()
    ada, bo, cy = (cohort.applications.get(person__name=name) for name in ("Ada", "Bo", "Cy"))
    client = sign_in(rui)
    assert "Interp A" in page(client, "selection", cohort.slug)
    refused = client.post(reverse("mentors:run", args=[cohort.slug]), follow=True)
    assert "No stream has said yet" in refused.content.decode()
    world.rank(stream, rui, ada, bo, cy)
    answer = client.post(reverse("mentors:run", args=[cohort.slug]))
    made = SelectionRound.objects.get()
    assert answer["Location"] == made.get_absolute_url()
    text = page(client, "round", cohort.slug, made.code)
    assert "place 3 there; its seats went as far as place 2" in text
    assert "byte for byte" in text
    assert client.post(reverse("mentors:prepare", args=[cohort.slug, made.code])).status_code == 302
    assert "2 offers wait for a" in page(client, "round", cohort.slug, made.code)
    world.release_all(cohort, rui, DecisionKind.OFFER)
    assert Offer.objects.filter(state=OfferState.RELEASED).count() == 2
    assert "Waiting for the answer" in page(client, "offers", cohort.slug)


def test_a_stale_round_says_so_and_cannot_be_prepared(sign_in: SignIn) -> None:
    cohort, stream, rui = make_line()
    ada, bo, cy = cohort.applications.order_by("person__name")
    world.rank(stream, rui, ada, bo)
    made = run_matching(cohort=cohort, by=rui)
    world.rank(stream, rui, cy, bo, ada)
    client = sign_in(rui)
    assert "Out of date" in page(client, "round", cohort.slug, made.code)
    client.post(reverse("mentors:prepare", args=[cohort.slug, made.code]))
    made.refresh_from_db()
    assert made.state == RoundState.MADE


def test_staff_set_a_prepared_round_aside(sign_in: SignIn) -> None:
    cohort, stream, rui = make_line()
    world.rank(stream, rui, cohort.applications.all()[0])
    made = run_matching(cohort=cohort, by=rui)
    prepare_offers(made=made, by=rui)
    client = sign_in(rui)
    assert client.post(reverse("mentors:set_aside", args=[cohort.slug, made.code])).status_code == 302
    assert "Set aside" in page(client, "round", cohort.slug, made.code)
    assert not Offer.objects.live().exists()


def test_staff_make_and_withdraw_one_offer_by_hand(sign_in: SignIn) -> None:
    cohort, stream, rui = make_line(names=("Ada",))
    client, application = sign_in(rui), cohort.applications.get()
    url = reverse("mentors:make_offer", args=[cohort.slug])
    wrong = client.post(url, {"application": application.code, "stream": stream.code, "reason": ""})
    assert wrong.status_code == 400
    sent = {"application": application.code, "stream": stream.code, "reason": "The mentor asked for her."}
    assert client.post(url, sent).status_code == 302
    assert client.post(url, sent).status_code == 400
    offer = Offer.objects.get()
    assert world.release_offer(offer, rui).state == OfferState.RELEASED
    withdraw = reverse("mentors:withdraw", args=[cohort.slug, offer.code])
    assert "get a letter with your reason" in client.get(withdraw).content.decode()
    assert client.post(withdraw, {"reason": ""}).status_code == 400
    assert client.post(withdraw, {"reason": "The stream cannot run."}).status_code == 302
    offer.refresh_from_db()
    assert offer.state == OfferState.WITHDRAWN


def test_staff_of_another_cohort_find_nothing(sign_in: SignIn) -> None:
    cohort, stream, _ = make_line(names=("Ada",))
    mira = world.make_mentor(stream)
    world.rank(stream, mira, cohort.applications.get())
    finish_ranking(stream=stream, by=mira)
    client = sign_in(world.make_staff(make.make_cohort()))
    for name in ("assignments", "selection", "offers", "review"):
        page(client, name, cohort.slug, status=404)
    page(client, "ranking", cohort.slug, stream.code, status=404)


def test_a_mentor_takes_up_an_applicant_of_their_stream(sign_in: SignIn) -> None:
    cohort, stream, _ = make_line(names=("Ada",))
    mira, application = world.make_mentor(stream), cohort.applications.get()
    client, url = sign_in(mira), reverse("mentors:desk", args=[cohort.slug, application.code])
    assert "by your own choice" in page(client, "desk", cohort.slug, application.code)
    default_rubric(cohort=cohort, by=mira)
    scores = {f"score_{key}": value for key, value in world.GOOD.items()}
    assert client.post(url, scores | {"revision": 0, "finish": 1}).status_code == 302
    assert Assignment.objects.get().is_own_choice
    gil = world.make_reviewer(cohort)
    page(sign_in(gil), "desk", cohort.slug, application.code, status=404)
