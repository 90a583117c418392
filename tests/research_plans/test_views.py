"""Pages of plans: typed text is never lost, drafts are the scholar's alone, the list stays quick."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from mats_portal.web.errors import Refusal
from research_plans.models import PlanComment, PlanRevision, ResearchPlan
from research_plans.policies import can_comment_on_plan, plans_visible_to
from research_plans.selectors import draft_of
from research_plans.states import Part
from scholars.models import Scholar
from tests import make
from tests.conftest import SignIn
from tests.mentors.world import make_mentor
from tests.research_plans.world import make_plan, make_submitted_plan, set_due
from tests.scholars.world import fresh, make_led_stream, make_scholar, make_staff

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}


@pytest.fixture
def sam() -> Scholar:
    """A scholar whose plan is due in ten days."""
    scholar = make_scholar(make_led_stream(seats=60))
    set_due(scholar.cohort, timedelta(days=10))
    return scholar


def typed(revision: int, *rows: tuple[str, str], **parts: str) -> dict[str, Any]:
    """What the draft's form sends."""
    posted: dict[str, Any] = {"revision": revision, "outputs-TOTAL_FORMS": len(rows), "outputs-INITIAL_FORMS": 0}
    for place, (title, day) in enumerate(rows):
        posted |= {f"outputs-{place}-title": title, f"outputs-{place}-due_on": day}
    return posted | {part.value: "" for part in Part} | parts


def titles(scholar: Scholar) -> list[str]:
    """The planned outputs in the draft."""
    return [output.title for output in draft_of(ResearchPlan.objects.get(scholar=scholar)).outputs]


def page(scholar: Scholar) -> str:
    """The address of the scholar's draft."""
    return f"/cohorts/{scholar.cohort.slug}/plan/"


def test_scholar_writes_reads_through_and_submits(sam: Scholar, sign_in: SignIn) -> None:
    client = sign_in(sam.person)
    assert "Next: your research plan" in client.get("/").content.decode()
    parts = {part.value: f"About {part.label}" for part in Part}
    answer = client.post(page(sam), typed(0, ("A suite", "2030-08-15"), ("", ""), read="1", **parts))
    assert answer["Location"] == page(sam) + "submit/"
    read = client.get(answer["Location"]).content.decode()
    assert "A suite" in read
    assert "Submit this plan" in read
    client.post(answer["Location"], {"revision": 1})
    revision = PlanRevision.objects.get()
    assert revision.outputs == [{"title": "A suite", "due_on": "2030-08-15"}]
    assert "Your research plan is in" in client.get("/").content.decode()
    assert "About Threat model" in client.get(f"/plans/{revision.plan.code}/").content.decode()


def test_autosave_answers_with_the_servers_time_and_version(sam: Scholar, sign_in: SignIn) -> None:
    client = sign_in(sam.person)
    answer = client.post(page(sam), typed(0, threat_model="One"), headers=JSON)
    assert answer.json()["version"] == 1
    assert len(answer.json()["saved_at"]) == 5
    stale = client.post(page(sam), typed(0, threat_model="Two"), headers=JSON)
    assert stale.status_code == 409
    assert "sentence" in stale.json()
    assert ResearchPlan.objects.get().threat_model == "One"


def test_older_window_is_shown_both_texts_and_can_save_on_top(sam: Scholar, sign_in: SignIn) -> None:
    client = sign_in(sam.person)
    client.post(page(sam), typed(0, ("Kept elsewhere", ""), threat_model="From the other window <b>"))
    answer = client.post(page(sam), typed(0, threat_model="Typed here"))
    shown = answer.content.decode()
    assert answer.status_code == 409
    for words in ("From the other window &lt;b&gt;", "Typed here", "Kept elsewhere"):
        assert words in shown
    client.post(page(sam), typed(1, threat_model="Both together"))
    assert draft_of(ResearchPlan.objects.get()).part(Part.THREAT_MODEL) == "Both together"


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "31.12.2030", "=1+1"])
def test_impossible_day_is_said_and_every_word_stays(sam: Scholar, sign_in: SignIn, day: str) -> None:
    client = sign_in(sam.person)
    answer = client.post(page(sam), typed(0, ("A suite", day), threat_model="Do not lose me"))
    assert answer.status_code == 422
    assert "Do not lose me" in answer.content.decode()
    assert client.post(page(sam), typed(0, ("A suite", day)), headers=JSON).status_code == 422
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("text", ["x" * 50_001, "\x00nul", "\ud800"])
def test_hostile_text_is_answered_kindly(sam: Scholar, sign_in: SignIn, text: str) -> None:
    client = sign_in(sam.person)
    answer = client.post(page(sam), typed(0) | {"threat_model": text.encode("utf-8", "surrogatepass")})
    assert answer.status_code in (200, 302, 400, 422)
    assert client.get(page(sam)).status_code == 200


@pytest.mark.parametrize("missing_forms", [{}, {"outputs-TOTAL_FORMS": "x"}, {"outputs-TOTAL_FORMS": "100000"}])
def test_broken_form_is_no_error_of_ours(sam: Scholar, sign_in: SignIn, missing_forms: dict[str, str]) -> None:
    answer = sign_in(sam.person).post(page(sam), {"revision": "0", **missing_forms})
    assert answer.status_code == 422


@pytest.mark.parametrize("count", ["0", "1", "50"])
def test_hidden_count_of_rows_loses_none_that_was_sent(sam: Scholar, sign_in: SignIn, count: str) -> None:
    client = sign_in(sam.person)
    sent = typed(0, ("A suite", "2030-08-15"), ("A paper", "2030-09-01"), ("A talk", "")) | {
        "outputs-TOTAL_FORMS": count
    }
    assert client.post(page(sam), sent).status_code == 302
    assert titles(sam) == ["A suite", "A paper", "A talk"]


def test_row_that_was_not_sent_stays_and_one_that_was_sent_empty_goes(sam: Scholar, sign_in: SignIn) -> None:
    client = sign_in(sam.person)
    client.post(page(sam), typed(0, ("A suite", "2030-08-15"), ("A paper", "2030-09-01"), ("A talk", "")))
    client.post(page(sam), typed(1, ("A suite, open", "2030-08-15")))
    assert titles(sam) == ["A suite, open", "A paper", "A talk"]
    assert [output.due_on for output in draft_of(ResearchPlan.objects.get(scholar=sam)).outputs][1] == date(2030, 9, 1)
    client.post(page(sam), typed(2, ("A suite, open", "2030-08-15"), ("", ""), ("A talk", "")))
    assert titles(sam) == ["A suite, open", "A talk"]


def test_draft_is_seen_by_nobody_else(sam: Scholar, sign_in: SignIn) -> None:
    plan = make_submitted_plan(sam)
    make_plan(sam, "SECRET-DRAFT")
    for person in (make_mentor(sam.stream), make_staff(sam.cohort)):
        client = sign_in(person)
        read = client.get(plan.get_absolute_url()).content.decode()
        assert "first thing I would say" in read
        for address in (plan.get_absolute_url(), f"/cohorts/{sam.cohort.slug}/plans/", sam.get_absolute_url(), "/"):
            assert "SECRET-DRAFT" not in client.get(address).content.decode()
        assert client.get(page(sam)).status_code == 404


def test_unsubmitted_plan_cannot_be_read_by_others(sam: Scholar, sign_in: SignIn) -> None:
    plan = make_plan(sam)
    assert sign_in(make_staff(sam.cohort)).get(plan.get_absolute_url()).status_code == 404
    assert sign_in(sam.person).get(plan.get_absolute_url())["Location"] == page(sam)


def test_mentor_comments_beside_the_revision_and_is_asked_no_more(sam: Scholar, sign_in: SignIn) -> None:
    plan = make_submitted_plan(sam, times=2)
    client = sign_in(make_mentor(sam.stream))
    assert "waits for your comment" in client.get("/").content.decode()
    refused = client.post(f"/plans/{plan.code}/comment/", {"text": "", "part": "threat_model"})
    assert refused.status_code == 422
    client.post(f"/plans/{plan.code}/comment/", {"text": "Which <i>actor</i>?", "part": "threat_model"})
    assert PlanComment.objects.get().revision.number == 2
    assert "Which &lt;i&gt;actor&lt;/i&gt;?" in sign_in(sam.person).get(plan.get_absolute_url()).content.decode()
    assert "waits for your comment" not in client.get("/").content.decode()


def test_changes_between_revisions_are_marked_word_by_word(sam: Scholar, sign_in: SignIn) -> None:
    plan = make_submitted_plan(sam, times=2)
    client = sign_in(sam.person)
    shown = client.get(f"/plans/{plan.code}/changes/").content.decode()
    assert "<del>first</del>" in shown
    assert "<ins>later (1)</ins>" in shown
    for wrong in ("1", "99", "abc", "-1", "٣", "9" * 5000):
        assert client.get(f"/plans/{plan.code}/changes/", {"revision": wrong}).status_code in (200, 404)


@pytest.mark.parametrize("role", ["sam", "staff", "mentor", "other_mentor", "nobody"])
def test_policy_for_one_agrees_with_the_list(sam: Scholar, role: str) -> None:
    plan = make_submitted_plan(sam)
    person = {
        "sam": lambda: fresh(sam.person),
        "staff": lambda: make_staff(sam.cohort),
        "mentor": lambda: make_mentor(sam.stream),
        "other_mentor": lambda: make_mentor(make.make_stream(sam.cohort)),
        "nobody": lambda: make.make_person("Nobody"),
    }[role]()
    assert plans_visible_to(person).filter(pk=plan.pk).exists() == can_comment_on_plan(person, plan).allowed


def test_lists_and_homes_ask_as_often_for_thirty_as_for_three(
    sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    asked: dict[str, list[int]] = {}
    for number in (3, 30):
        stream = make_led_stream(make.make_cohort(), seats=60)
        for one in range(number):
            make_submitted_plan(make_scholar(stream, f"Sam{one}"))
        staff = sign_in(make_staff(stream.cohort))
        for address in (f"/cohorts/{stream.cohort.slug}/plans/", f"/cohorts/{stream.cohort.slug}/scholars/"):
            asked.setdefault(address.split("/")[3], []).append(count(staff, address, django_assert_max_num_queries))
    assert {name: len(set(numbers)) for name, numbers in asked.items()} == {"plans": 1, "scholars": 1}


def count(client: Client, address: str, at_most: Any) -> int:
    """How many statements a page takes, at most twelve."""
    with at_most(12) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_refusals_say_what_to_do_next() -> None:
    for refusal in Refusal.__subclasses__():
        sentence = (refusal.__doc__ or "").strip().splitlines()[0]
        assert sentence.endswith((".", ":")), refusal
        assert "uccessful" not in sentence
