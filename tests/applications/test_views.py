from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from applications.models import Application, ImportFile
from applications.services import save_section, withdraw_application
from applications.states import ApplicationState
from mats_portal.cohorts.models import Cohort, Milestone
from mats_portal.cohorts.states import CohortRole, MilestoneKind
from mats_portal.jobs.models import Job
from mats_portal.jobs.services import run_now
from mats_portal.journal.models import Entry
from mats_portal.questionnaires.selectors import answers_of
from mats_portal.questionnaires.specs import QuestionSpec
from mats_portal.questionnaires.states import Audience, QuestionKind
from tests import make
from tests.conftest import SignIn
from tests.scenarios import World

pytestmark = pytest.mark.django_db
# What differs between two loads of one page: tokens, and the server's time.
PASSING = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|"[^"]*csrf[^"]*"|\d\d:\d\d:\d\d\.\d+')
AUTOSAVE: dict[str, Any] = {"headers": {"X-Requested-With": "fetch", "Accept": "application/json"}}


def url(name: str, cohort: Cohort, *args: str) -> str:
    return reverse(f"applications:{name}", args=[cohort.slug, *args])


@pytest.fixture
def draft() -> Application:
    """Ada's draft: everything answered, nothing submitted."""
    return make.make_application(make.make_cohort(), submitted=False)


@pytest.fixture
def ada(draft: Application, sign_in: SignIn) -> Client:
    """Ada's browser."""
    return sign_in(draft.person)


def close(cohort: Cohort) -> None:
    at = timezone.now() - timedelta(seconds=1)
    Milestone.objects.filter(cohort=cohort, kind=MilestoneKind.APPLICATIONS_CLOSE).update(at=at)


def test_story_of_an_application_from_start_to_receipt(sign_in: SignIn) -> None:
    make.make_channels()
    cohort = make.make_cohort()
    stream = make.make_stream(cohort, "Oversight")
    make.make_questions(cohort, stream)
    client = sign_in(make.make_person())
    assert "Start the application" in client.get(url("apply", cohort)).text
    client.post(url("apply", cohort))
    application = Application.objects.get()
    about = {"q_education": "PhD", "q_field": "Physics", "q_prerequisite": "Yes", "revision": "0", "next": "1"}
    after = client.post(url("section", cohort, "about-you"), about)
    assert after["Location"] == url("section", cohort, "why-this-work")
    client.post(after["Location"], {"q_motivation": "Because.", "revision": "1"})
    plans = {"q_otherwise": ["Classes"], "q_already": "No", "q_hours": "40", "revision": "2", "next": "1"}
    after = client.post(url("section", cohort, "your-plans"), plans | {"q_channels": ["Twitter"]})
    assert after["Location"] == url("streams", cohort)
    client.post(after["Location"], {"add": stream.code})
    assert "What would change your mind?" in client.get(url("review", cohort)).text
    client.post(url("stream_questions", cohort, stream.code), {"q_q1": "A proof.", "revision": "0"})
    page = client.get(url("review", cohort))
    assert "Submit the application" in page.text
    client.post(url("review", cohort), {"seen": page.context["digest"]})
    application.refresh_from_db()
    assert (application.state, application.field, application.channels) == ("submitted", "Physics", ["Twitter"])
    home = client.get(url("apply", cohort)).text
    assert "Your application is with us, Ada" in home
    assert "This is what you submitted" in client.get(url("review", cohort)).text


def test_autosave_answers_with_the_time_and_the_next_revision(draft: Application, ada: Client) -> None:
    at = url("section", draft.cohort, "why-this-work")
    told = ada.post(at, {"q_motivation": "Newer", "revision": "1"}, **AUTOSAVE).json()
    draft.sheet.refresh_from_db()
    assert told["version"] == draft.sheet.revision == 2
    assert len(told["saved_at"]) == 5
    assert answers_of(draft.sheet)["motivation"].text == "Newer"


def test_older_window_is_told_and_shown_both_texts(draft: Application, ada: Client) -> None:
    at = url("section", draft.cohort, "why-this-work")
    ada.post(at, {"q_motivation": "From <b>one</b> window", "revision": "1"})
    stale = {"q_motivation": "From the other window", "revision": "1"}
    told = ada.post(at, stale, **AUTOSAVE)
    assert (told.status_code, "another window" in told.json()["sentence"]) == (409, True)
    page = ada.post(at, stale)
    assert page.status_code == 409
    assert "From &lt;b&gt;one&lt;/b&gt; window" in page.text
    assert "From the other window</textarea>" in page.text
    ada.post(at, stale | {"revision": page.context["form"].data["revision"]})
    assert answers_of(draft.sheet)["motivation"].text == "From the other window"


def test_text_from_the_page_of_another_applicant_is_refused_with_a_sentence(draft: Application, ada: Client) -> None:
    other = make.make_application(draft.cohort, make.make_person("Bea"), submitted=False)
    at, typed = url("section", draft.cohort, "why-this-work"), {"q_motivation": "Bea's words", "revision": "1"}
    told = ada.post(at, typed | {"application": other.code}, **AUTOSAVE)
    assert (told.status_code, "signed in as Ada" in told.json()["sentence"]) == (403, True)
    assert ada.post(at, typed | {"application": other.code}).status_code == 403
    assert ada.post(url("streams", draft.cohort), {"application": other.code}).status_code == 403
    assert answers_of(draft.sheet)["motivation"].text == "What I think: motivation."
    assert ada.post(at, typed | {"application": draft.code}, **AUTOSAVE).status_code == 200


def test_older_list_of_streams_is_refused_and_the_list_shown_as_it_is(draft: Application, ada: Client) -> None:
    first, second = draft.choices.get().stream, make.make_stream(draft.cohort, "Second")
    at = url("streams", draft.cohort)
    told = ada.post(at, {f"order_{first.code}": "1", "add": second.code, "seen": first.code}, **AUTOSAVE).json()
    assert told["version"] == f"{first.code} {second.code}"
    stale = {f"order_{first.code}": "1", "seen": first.code, "remove": first.code}
    assert ada.post(at, stale, **AUTOSAVE).status_code == 409
    page = ada.post(at, stale)
    assert (page.status_code, "changed in another window" in page.text) == (409, True)
    assert [choice.stream for choice in page.context["draft"].choices] == [first, second]
    again = {f"order_{first.code}": "1", f"order_{second.code}": "2", "seen": first.code}
    assert ada.post(at, again).status_code == 302  # what is wanted is there already


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"q_motivation": "x" * 50_001}, "At most 50000 characters"),
        ({"q_motivation": "x", "revision": "many"}, "whole number"),
        ({"q_motivation": "x", "revision": "9" * 5000}, ""),
    ],
)
def test_what_cannot_be_saved_is_said_and_stays_in_the_form(
    draft: Application, ada: Client, typed: dict[str, str], words: str
) -> None:
    at = url("section", draft.cohort, "why-this-work")
    page = ada.post(at, {"revision": "1"} | typed)
    assert page.status_code == 422
    assert typed["q_motivation"] in page.text
    assert words in page.text
    assert ada.post(at, {"revision": "1"} | typed, **AUTOSAVE).status_code == 422


HOSTILE = [
    "\x00",
    "\ud800",
    "\u202e" * 50,
    "e\u0301" * 500,
    "<script>alert(1)</script>",
    "{{ 7 }}{% load %}",
    "\U0001f469\u200d\U0001f467" * 99,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_kept_harmless_and_no_page_fails_afterwards(
    draft: Application, ada: Client, sign_in: SignIn, text: str
) -> None:
    at = url("section", draft.cohort, "why-this-work")
    body = f"q_motivation={text}-&revision=1".encode("utf-8", "surrogatepass")
    answer = ada.post(at, body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in (302, 422)
    for name in ("apply", "review"):
        page = ada.get(url(name, draft.cohort))
        assert page.status_code == 200
        assert "<script>alert" not in page.text
    ada.post(url("review", draft.cohort))
    rui = sign_in(make.make_membership(make.make_person("Rui"), draft.cohort, CohortRole.STAFF).person)
    assert rui.get(url("application", draft.cohort, draft.code)).status_code == 200
    assert b"What I think" not in rui.get(url("export", draft.cohort)).getvalue()


def test_late_text_is_kept_and_said_to_be_late(draft: Application, ada: Client) -> None:
    close(draft.cohort)
    at = url("section", draft.cohort, "why-this-work")
    told = ada.post(at, {"q_motivation": "Late", "revision": "1"}, **AUTOSAVE).json()
    assert "not part of what you submitted" in told["sentence"]
    assert "Late</textarea>" in ada.get(at).text
    refused = ada.post(url("review", draft.cohort))
    assert refused.status_code == 409
    assert "Applications have closed" in refused.text


def test_streams_are_ordered_by_number_added_and_taken_off(ada: Client, draft: Application) -> None:
    cohort, first = draft.cohort, draft.choices.get().stream
    second, third = make.make_stream(cohort), make.make_stream(cohort)
    at = url("streams", cohort)
    ada.post(at, {f"order_{first.code}": "1", "add": second.code})
    ada.post(at, {f"order_{first.code}": "2", f"order_{second.code}": "1", "add": third.code})
    ranked = [c.stream for c in draft.choices.filter(rank__isnull=False)]
    assert ranked == [second, first, third]
    ada.post(at, {f"order_{c.stream.code}": c.rank for c in draft.choices.all()} | {"remove": first.code})
    assert [c.stream for c in draft.choices.filter(rank__isnull=False)] == [second, third]
    odd = {f"order_{third.code}": "٣", f"order_{second.code}": "-0", "order_nothing": "9" * 5000}
    assert ada.post(at, odd).status_code == 422
    told = ada.post(at, {"order_nothing": "1"}, **AUTOSAVE)
    assert (told.status_code, "not offered" in told.json()["sentence"]) == (422, True)


def test_withdrawing_asks_first(draft: Application, ada: Client) -> None:
    at = url("withdraw", draft.cohort)
    assert "Withdraw your application?" in ada.get(at).text
    ada.post(at)
    draft.refresh_from_db()
    assert draft.state == ApplicationState.WITHDRAWN
    assert ada.get(at).status_code == 403


def test_home_says_what_is_left(draft: Application, ada: Client) -> None:
    assert "Read it through and submit, Ada" in ada.get("/").text
    save_section(application=draft, values={"motivation": ""}, expected_revision=99, by=draft.person)
    assert "One question left, Ada" in ada.get("/").text
    close(draft.cohort)
    assert "Applications have closed" in ada.get("/").text


def test_applicants_pages_are_the_same_whatever_reviewing_has_found(draft: Application, ada: Client) -> None:
    ada.post(url("review", draft.cohort))

    def pages() -> list[str]:
        found = [ada.get(at).text for at in (url("apply", draft.cohort), url("review", draft.cohort), "/")]
        return [PASSING.sub("", page) for page in found]

    pages()  # the message of the last page is gone afterwards
    before = pages()
    Application.objects.filter(pk=draft.pk).update(review_count=3, review_mean="4.50")
    assert pages() == before


# --- staff and mentors -------------------------------------------------------


@pytest.fixture
def world() -> World:
    """Winter, with staff, a mentor, and Ada's application."""
    made = World()
    assert made.application
    return made


def test_mentor_reads_what_is_for_reviewers_of_their_own_stream(sign_in: SignIn) -> None:
    world = World()
    other = make.make_stream(world.cohort, "Elsewhere")
    own = world.stream
    make.make_questions(world.cohort, own)
    elsewhere = QuestionSpec("q1", QuestionKind.LONG, "Only Elsewhere asks this?")
    make.make_questions(world.cohort, other, [elsewhere])
    text = QuestionKind.LONG
    make.make_questions(
        world.cohort,
        questions=[
            QuestionSpec("open", text, "Open question?"),
            QuestionSpec("staff", text, "Staff question?", audience=Audience.STAFF),
            QuestionSpec("sensitive", text, "Sensitive question?", is_sensitive=True),
        ],
    )
    application = make.make_application(world.cohort, world.person("applicant"), [other, own])
    page = sign_in(world.person("mentor")).get(application.get_absolute_url()).text
    assert "Open question?" in page
    assert "What would change your mind?" in page
    for hidden in ("Only Elsewhere", "Elsewhere", "Staff question?", "Sensitive question?", application.person.email):
        assert hidden not in page, hidden
    page = sign_in(world.person("staff")).get(application.get_absolute_url()).text
    for shown in ("Only Elsewhere", "Staff question?", "Sensitive question?", application.person.email):
        assert shown in page


def test_draft_and_withdrawn_answers_are_nobody_elses(sign_in: SignIn, draft: Application) -> None:
    rui = make.make_membership(make.make_person("Rui"), draft.cohort, CohortRole.STAFF).person
    stream = draft.choices.get().stream
    mira = make.make_membership(make.make_person("Mira"), draft.cohort, CohortRole.MENTOR, stream).person
    at = url("application", draft.cohort, draft.code)
    page = sign_in(rui).get(at)
    assert "What I think" not in page.text
    assert stream.name not in page.text
    assert sign_in(mira).get(at).status_code == 404
    assert sign_in(rui).get(url("applications", draft.cohort), {"q": "think"}).context["page"].items == []
    sign_in(draft.person).post(url("review", draft.cohort))
    assert "What I think" in sign_in(mira).get(at).text
    assert len(sign_in(rui).get(url("applications", draft.cohort), {"q": "think"}).context["page"].items) == 1
    draft.refresh_from_db()
    withdraw_application(application=draft, by=draft.person)
    assert sign_in(mira).get(at).status_code == 404
    assert "What I think" not in sign_in(rui).get(at).text


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({}, True),
        ({"q": "ada"}, True),
        ({"q": "ADA moti"}, True),
        ({"q": "ada nothing"}, False),
        ({"q": "' | \\ :* & !"}, True),
        ({"q": "é" * 150}, False),
        ({"state": "submitted"}, True),
        ({"state": "draft"}, False),
        ({"state": "no such state"}, True),
        ({"education": "1"}, True),
        ({"education": "9"}, False),
        ({"channel": "Friend or colleague"}, True),
        ({"channel": "Nowhere"}, False),
        ({"after": "forged"}, True),
        ({"sort": "review_mean"}, True),
    ],
)
def test_filters_narrow_and_nonsense_is_ignored(sign_in: SignIn, parameters: dict[str, str], found: bool) -> None:
    make.make_channels()
    world = World()
    assert world.application
    page = sign_in(world.person("staff")).get(url("applications", world.cohort), parameters)
    assert page.status_code == 200
    assert bool(page.context["page"].items) is found


def test_filter_by_stream(world: World, sign_in: SignIn) -> None:
    other = make.make_stream(world.cohort, "Elsewhere")
    rui = sign_in(world.person("staff"))
    at = url("applications", world.cohort)
    assert len(rui.get(at, {"stream": world.stream.code}).context["page"].items) == 1
    assert rui.get(at, {"stream": other.code}).context["page"].items == []


def make_many(cohort: Cohort, count: int) -> None:
    for number in range(count):
        make.make_application(cohort, make.make_person(f"Ada {number}"))


def queries(client: Client, at: str) -> int:
    client.get(at)
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(at).status_code == 200
    return len(found)


def test_lists_ask_the_database_as_often_for_thirty_as_for_three(sign_in: SignIn) -> None:
    world = World()
    make_many(world.cohort, 3)
    rui = sign_in(world.person("staff"))
    at = url("applications", world.cohort)
    few = queries(rui, at)
    make_many(world.cohort, 27)
    assert queries(rui, at) == few <= 12
    page = rui.get(at)
    assert len(page.content) < 60_000


def test_table_is_read_in_pages(sign_in: SignIn) -> None:
    world = World()
    make_many(world.cohort, 52)
    rui = sign_in(world.person("staff"))
    first = rui.get(url("applications", world.cohort))
    assert len(first.content) < 60_000, len(first.content)
    second = rui.get(url("applications", world.cohort) + first.context["page"].next_url)
    assert (len(first.context["page"].items), len(second.context["page"].items)) == (50, 2)
    assert first.context["counts"] == {"submitted": 52, "withdrawn": 0, "started": 52}


def test_export_holds_the_filtered_table_and_no_formula(world: World, sign_in: SignIn) -> None:
    ada = world.person("applicant")
    ada.name = '=HYPERLINK("http://example.org")'
    ada.save()
    make.make_application(world.cohort, make.make_person("Ben"), submitted=False)
    rui = sign_in(world.person("staff"))
    answer = rui.get(url("export", world.cohort), {"state": "submitted"})
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert len(rows) == 2
    assert rows[1][1] == "'" + ada.name
    assert rows[1][6] == "Oversight"
    assert f"applications-{world.cohort.slug}.csv" in answer["Content-Disposition"]
    entry = Entry.objects.filter(verb="export applications").get()
    assert (entry.actor, entry.facts["rows"]) == (world.person("staff"), 1)


def test_import_by_page_from_upload_to_rows(sign_in: SignIn) -> None:
    world = World()
    rui = sign_in(world.person("staff"))
    content = b"Name of stream,Who,Seats\nNew,Mio <mio@example.org>,3\nOdd,nobody,1\n"
    file = io.BytesIO(content)
    file.name = "../../streams\n.csv"
    sent = rui.post(url("upload", world.cohort), {"kind": "streams", "zone": "UTC", "file": file})
    kept = ImportFile.objects.get()
    assert sent["Location"] == url("preview", world.cohort, kept.code)
    page = rui.get(sent["Location"])
    assert (page.status_code, "No column is “Stream”" in page.text) == (422, True)
    rui.post(sent["Location"], {"column_0": "name", "column_1": "mentors", "column_2": "seats"})
    page = rui.get(sent["Location"])
    assert page.context["facts"] == {"total": 2, "new": 1, "changed": 0, "unchanged": 0, "rejected": 1}
    assert "“nobody” is not written" in page.text
    rui.post(sent["Location"], {"import": "1"})
    job = run_now(Job.objects.get())
    assert (job.state, "so nothing was imported" in job.sentence) == ("failed", True), job.sentence
    rui.post(sent["Location"], {"import": "1", "allow_rejected": "on"})
    job = run_now(Job.objects.filter(state="waiting").get())
    assert job.state == "done", job.sentence
    assert world.cohort.streams.filter(name="New").exists()
    kept.refresh_from_db()
    assert bytes(kept.content) == b""
    assert rui.get(sent["Location"])["Location"] == url("upload", world.cohort)


@pytest.mark.parametrize(("content", "kind"), [(b"", "streams"), (b"\x00\x01", "interest"), (b"a,b\n1,2\n", "magic")])
def test_upload_that_is_no_table_is_refused_with_a_sentence(sign_in: SignIn, content: bytes, kind: str) -> None:
    world = World()
    file = io.BytesIO(content)
    file.name = "file.csv"
    rui = sign_in(world.person("staff"))
    answer = rui.post(url("upload", world.cohort), {"kind": kind, "zone": "UTC", "file": file})
    assert answer.status_code == 422
    assert answer.context["form"].errors


def test_import_of_another_is_not_there(sign_in: SignIn) -> None:
    world = World()
    other = make.make_membership(make.make_person("Rob"), world.cohort, CohortRole.STAFF).person
    assert sign_in(other).get(url("preview", world.cohort, world.import_file.code)).status_code == 404


def test_staff_of_the_cohort_cannot_apply_to_it(sign_in: SignIn) -> None:
    world = World()
    answer = sign_in(world.person("staff")).post(url("apply", world.cohort))
    assert answer.status_code == 403
    assert "You help to run Winter" in answer.text


def test_hidden_cohort_is_not_there_but_an_own_application_is(sign_in: SignIn, draft: Application) -> None:
    Cohort.objects.update(is_public=False)
    assert sign_in(make.make_person("Nobody")).get(url("apply", draft.cohort)).status_code == 404
    assert sign_in(draft.person).get(url("apply", draft.cohort)).status_code == 200
