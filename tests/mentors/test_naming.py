"""Blind rounds: a neutral name in place of the applicant's, for whoever reviews or mentors, until it opens."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applications.models import Application, Submission
from applications.selectors import is_nameless_to, letters_about, readable_parts, submitted_document, with_names
from applications.services import answer_reference, ask_reference, attach_document, submit_application
from applications.states import ReferenceKind
from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.cohorts.states import NamesOpen
from mats_portal.people.models import Person
from mentors.errors import OthersHaveScored
from mentors.models import Assignment, Waiver
from mentors.selectors import ranking_rows, standings
from mentors.services import declare_conflict, waive_scoring
from mentors.services.waiving import take_back_waiver
from mentors.states import ConflictKind, DecisionKind, WaiverReason
from tests import make
from tests.applications import pdfs
from tests.conftest import SignIn
from tests.leaks.looks import alike
from tests.mentors import world

pytestmark = pytest.mark.django_db
MOST = 12
READ = ("desk", "cv", "compare", "discussion", "doubt", "conflict", "waive")
LINK = {"key": "code", "kind": "url", "wording": "Your code", "audience": "reviewers", "is_sensitive": False}


def make_blind(names_open: NamesOpen = NamesOpen.OWN_SCORES) -> tuple[Cohort, Stream]:
    """A cohort whose names open later, with a stream."""
    cohort = make.make_cohort()
    Cohort.objects.filter(pk=cohort.pk).update(names_open=names_open)
    cohort.refresh_from_db()
    return cohort, make.make_stream(cohort, "Interp A")


def make_telling(cohort: Cohort, stream: Stream, name: str = "Adalind Quux") -> Application:
    """A submitted application with all that tells a name: a CV, a letter of reference, a link."""
    person = make.make_person(name, email=f"{name.split()[0].lower()}@quux.example")
    application = make.make_application(cohort, person, [stream])
    attach_document(application=application, name=f"{name}.pdf", content=pdfs.plain(), by=person)
    submit_application(application=application, by=person)
    reference = ask_reference(
        application=application, name="Prof. Plugh", email="p@uni.example", kind=ReferenceKind.UNKNOWN, by=person
    )
    answer_reference(reference=reference, relationship="Supervisor", text=f"{name} is careful.")
    application.refresh_from_db()
    return application


def neutral(application: Application) -> str:
    """What stands for a hidden name."""
    return f"Applicant {application.code[:5].upper()}"


def addresses(application: Application, stream: Stream) -> list[str]:
    """Wherever a reviewer or a mentor meets an applicant."""
    slug, code = application.cohort.slug, application.code
    one = [reverse(f"mentors:{name}", args=[slug, code]) for name in READ]
    of_stream = [reverse(f"mentors:{name}", args=[slug, stream.code]) for name in ("ranking", "waive_several")]
    read = [reverse(f"applications:{name}", args=[slug, code]) for name in ("application", "doubt", "application_cv")]
    return ["/", reverse("mentors:review", args=[slug]), *one, *of_stream, *read]


def look(client: Client, application: Application, stream: Stream) -> dict[str, tuple[int, bytes]]:
    """Everything the reader can see of the applicant."""
    found = {}
    for url in addresses(application, stream):
        answer: Any = client.get(url)
        found[url] = (
            answer.status_code,
            b"".join(answer.streaming_content) if answer.streaming else alike(answer.content),
        )
    return found


def rename(application: Application) -> None:
    """The same person under another name and address."""
    Person.objects.filter(pk=application.person_id).update(name="Zebedee Xyzzy", email="zebedee@xyzzy.example")


@pytest.mark.parametrize(
    ("who", "names_open"),
    [("reviewer", NamesOpen.OWN_SCORES), ("mentor", NamesOpen.OWN_SCORES), ("mentor", NamesOpen.DECIDED)],
)
def test_two_applicants_who_differ_in_name_look_the_same_until_the_name_opens(
    sign_in: SignIn, who: str, names_open: NamesOpen
) -> None:
    cohort, stream = make_blind(names_open)
    ada, bo = make_telling(cohort, stream), make_telling(cohort, stream, "Bo Quux")
    reader = world.make_reviewer(cohort) if who == "reviewer" else world.make_mentor(stream)
    for application in (ada, bo):
        world.make_assignment(application, reader)
    client = sign_in(reader)
    client.get("/")
    before = look(client, ada, stream)
    rename(ada)
    assert look(client, ada, stream) == before
    shown = b"".join(body for _, body in before.values()).decode()
    assert neutral(ada) in shown
    for telling in ("Adalind", "quux", "Plugh", "careful."):
        assert telling not in shown
    world.make_assessment(ada, world.fresh(reader))
    after = look(client, ada, stream)
    opened = names_open == NamesOpen.OWN_SCORES
    assert any(b"Zebedee" in body for _, body in after.values()) == opened
    assert (after[reverse("mentors:cv", args=[cohort.slug, ada.code])][0] == 200) == opened
    assert not any(b"Bo Quux" in body for _, body in after.values())


def test_names_of_a_whole_round_open_when_the_applicant_has_been_told() -> None:
    cohort, stream = make_blind(NamesOpen.DECIDED)
    rui, mira = world.make_staff(cohort), world.make_mentor(stream)
    ada = world.make_applicant(cohort, stream, name="Ada")
    world.make_assessment(ada, mira)
    world.rank(stream, rui, ada)
    assert is_nameless_to(mira, ada)
    world.release_round(cohort, rui)
    assert not is_nameless_to(mira, ada)


def test_names_open_to_a_mentor_who_left_the_scoring_to_others_where_scores_do() -> None:
    cohort, stream = make_blind()
    mira, ada = world.make_mentor(stream), world.make_applicant(cohort, stream)
    assert [row.name for row in standings(stream, mira)] == [neutral(ada)]
    waive_scoring(applications=[ada], reason=WaiverReason.NO_TIME, by=mira)
    assert [row.name for row in standings(stream, mira)] == [neutral(ada)]
    world.make_assessment(ada, world.make_reviewer(cohort))
    assert [row.name for row in standings(stream, mira)] == ["Ada"]


def test_nobody_reads_a_name_by_leaving_the_scoring_and_then_scores_after_all() -> None:
    cohort, stream = make_blind()
    mira, ada = world.make_mentor(stream), world.make_applicant(cohort, stream)
    waive_scoring(applications=[ada], reason=WaiverReason.NO_TIME, by=mira)
    was_nameless = is_nameless_to(mira, ada)
    take_back_waiver(waiver=Waiver.objects.get(), by=mira)
    world.make_assignment(ada, mira)
    assert (was_nameless, is_nameless_to(mira, ada)) == (True, True)
    waive_scoring(applications=[ada], reason=WaiverReason.NO_TIME, by=mira)
    world.make_assessment(ada, world.make_reviewer(cohort))
    assert not is_nameless_to(mira, ada)
    with pytest.raises(OthersHaveScored):
        take_back_waiver(waiver=Waiver.objects.get(), by=mira)


def test_staff_and_the_applicant_always_read_the_name() -> None:
    cohort, stream = make_blind(NamesOpen.DECIDED)
    ada, rui = make_telling(cohort, stream), world.make_staff(cohort)
    for person in (rui, world.fresh(ada.person)):
        named = with_names(Application.objects.all(), person).get()
        assert (named.shown_name, named.is_nameless) == ("Adalind Quux", False)
        assert submitted_document(ada, person) is not None
    assert len(letters_about(ada, rui)) == 1


def test_links_and_addresses_are_kept_back_and_other_answers_are_not() -> None:
    cohort, stream = make_blind()
    ada, mira = world.make_applicant(cohort, stream), world.make_mentor(stream)
    content = ada.submissions.get().content
    content["parts"][0]["answers"].append(LINK | {"text": "https://adalind.example", "choices": []})
    Submission.objects.create(application=ada, number=2, digest="1" * 64, content=content)
    texts = [answer["text"] for part in readable_parts(ada, mira) for answer in part["answers"]]
    assert texts == ["The result that would move me is negative and cheap.", "Opens with the name"]
    world.make_assessment(ada, mira)
    texts = [answer["text"] for part in readable_parts(ada, mira) for answer in part["answers"]]
    assert texts[1] == "https://adalind.example"


def test_who_is_not_ranked_stands_in_an_order_that_says_nothing_of_names(sign_in: SignIn) -> None:
    cohort, stream = make_blind()
    mira = world.make_mentor(stream)
    applicants = [world.make_applicant(cohort, stream, name=name) for name in ("Ada", "Bo", "Cy", "Di")]
    by_code = sorted(applicants, key=lambda one: one.code)
    assert [row.application for row in ranking_rows(stream, mira)] == by_code
    page = sign_in(mira).get(reverse("mentors:ranking", args=[cohort.slug, stream.code]), {"q": "Ada"})
    assert "Nobody of that name" in page.content.decode()


def test_search_finds_a_hidden_applicant_by_the_neutral_name_alone() -> None:
    from_name = "Adalind"
    cohort, stream = make_blind()
    ada, mira = make_telling(cohort, stream), world.make_mentor(stream)
    found = with_names(Application.objects.all(), mira)
    assert not found.filter(shown_name__icontains=from_name).exists()
    assert found.filter(shown_name__icontains=ada.code[:5]).exists()


def test_a_tie_found_out_when_the_name_opens_still_takes_the_scores_back() -> None:
    cohort, stream = make_blind()
    mira, ada = world.make_mentor(stream), world.make_applicant(cohort, stream)
    world.make_assessment(ada, mira)
    declare_conflict(application=ada, person=mira, kind=ConflictKind.FRIEND, by=mira)
    ada.refresh_from_db()
    assert (ada.review_count, standings(stream, mira)) == (0, [])


def test_names_are_open_where_the_cohort_says_nothing() -> None:
    cohort = make.make_cohort()
    stream = make.make_stream(cohort)
    world.make_applicant(cohort, stream)
    mira = world.make_mentor(stream)
    assert [row.name for row in standings(stream, mira)] == ["Ada"]


@pytest.mark.parametrize("page", ["desk", "ranking", "review"])
def test_blind_pages_ask_no_more_statements_for_many_applicants(sign_in: SignIn, page: str) -> None:
    cohort, stream = make_blind()
    mira = world.make_mentor(stream)
    first = world.make_applicant(cohort, stream)
    slug = cohort.slug
    arguments = {"desk": [slug, first.code], "ranking": [slug, stream.code], "review": [slug]}
    client, counts = sign_in(mira), []
    for number in range(2):
        for n in range(1 + 5 * number):
            one = world.make_applicant(cohort, stream, name=f"Person {number} {n}")
            Assignment.objects.create(application=one, reviewer=mira, assigned_by=mira)
        client.get("/")
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(f"mentors:{page}", args=arguments[page])).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= MOST


def test_decisions_open_names_one_by_one() -> None:
    cohort, stream = make_blind(NamesOpen.DECIDED)
    rui, mira = world.make_staff(cohort), world.make_mentor(stream)
    ada, bo = (world.make_applicant(cohort, stream, name=name) for name in ("Ada", "Bo"))
    world.rank(stream, rui, ada)
    world.release_round(cohort, rui)
    assert {row.name for row in standings(stream, mira)} == {"Ada", neutral(bo)}
    world.release_all(cohort, rui, DecisionKind.REJECTION)
    assert {row.name for row in standings(stream, mira)} == {"Ada", "Bo"}
