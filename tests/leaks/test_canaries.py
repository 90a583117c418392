"""A word of its own in every secret field: a crawl of all pages and files finds each with those who may read it alone.

The table says who: more is a leak, fewer shows that the crawl has gone blind.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pypdf
import pytest
from django.db import connection, connections, transaction

from applications.models import Application, Concern, ReferenceLetter, Submission
from applications.outreach.models import Interest, Recommendation
from applications.services import answer_reference
from mats_portal.cohorts.models import Extension, Membership
from mats_portal.cohorts.states import MilestoneKind
from mats_portal.journal.models import Entry
from mats_portal.keeping.models import ErasureRequest
from mats_portal.outbox.models import Letter
from mats_portal.questionnaires.models import Answer
from mats_portal.rubrics.models import ScoreSheet
from mentors.models import Contribution, PrivateNote, Waiver
from research_plans.models import PlanComment, PlanRevision, ResearchPlan
from scholars.alumni.models import Outcome
from scholars.alumni.states import Category
from scholars.models import Scholar
from scholars.support.models import BreakGlass, SupportNote, SupportRequest
from tests import make
from tests.access import mentors, turn_to
from tests.hostile.pages import Visit
from tests.mentors.world import make_assessment
from tests.scenarios import ROLES, World
from tests.test_access_matrix import put_away

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.slow, pytest.mark.timeout(600)]

# Pages that know nobody's words.
NOT_OF_THE_PROGRAMME = ("account_", "mfa_", "styleguide", "health:", "theme", "people:invitation", "people:demo")
CANARY = re.compile(r"CNRY(?P<name>[A-Z]+)X")
# The word, the model and field that hold it everywhere, and who may come across it.
FIELDS: dict[str, tuple[Any, str, set[str]]] = {
    "COMMENT": (ScoreSheet, "comment", {"staff", "mentor", "reviewer"}),
    "REFERENCE": (ReferenceLetter, "text", {"staff", "mentor"}),
    "RELATION": (ReferenceLetter, "relationship", {"staff", "mentor"}),
    "DRAFT": (Answer, "text", {"applicant"}),
    "PRIVATE": (PrivateNote, "text", {"reviewer"}),
    "SAID": (Contribution, "text", {"staff", "mentor"}),
    "WAIVED": (Waiver, "note", {"mentor"}),
    "DOUBT": (Concern, "reason", {"staff", "mentor"}),
    "EXTENSION": (Extension, "reason", {"staff", "applicant"}),
    "MEMBER": (Membership, "reason", set()),
    "ERASURE": (ErasureRequest, "words", {"nobody", "admin"}),
    "RECOMMENDED": (Recommendation, "why", {"staff"}),
    "INTEREST": (Interest, "other", set()),
    "PLAN": (ResearchPlan, "threat_model", {"scholar"}),
    "BESIDE": (PlanComment, "text", {"scholar", "mentor", "grader", "staff"}),
    "LEFT": (Scholar, "ended_reason", {"staff"}),
    "OUTCOME": (Outcome, "note", {"alumnus", "staff"}),
    "HELP": (SupportRequest, "text", {"scholar", "support"}),
    "NOTE": (SupportNote, "text", {"support"}),
    "GLASS": (BreakGlass, "reason", {"support", "staff"}),
}
# They have applied, and their own data holds their own answers.
APPLIED = ("applicant", "scholar", "alumnus")
# What was submitted, by who the question says may read the answer.
ANSWERS = {
    "GENERAL": {"staff", "mentor", "reviewer", *APPLIED},
    "STREAM": {"staff", "mentor", "reviewer", "applicant"},
    "STAFFONLY": {"staff", *APPLIED},
    "SENSITIVE": {"staff", *APPLIED},
}


def word(name: str) -> str:
    return f"CNRY{name}X"


def _answer(key: str, **facts: Any) -> dict[str, Any]:
    plain = {"kind": "long", "audience": "reviewers", "is_sensitive": False, "measures": "", "choices": []}
    return plain | {"key": key.lower(), "wording": key, "text": word(key)} | facts


def seed(visit: Visit) -> None:
    """Put the words where they belong, by whatever means."""
    world = visit.world
    ada = world.person("applicant")
    rui = world.person("staff")
    moment = world.cohort.milestones.get(kind=MilestoneKind.APPLICATIONS_CLOSE).at
    Extension.objects.create(cohort=world.cohort, kind="plans_due", person=ada, at=moment, reason="", given_by=rui)
    _rows_of_everything(world)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("applications_submission", "applications_referenceletter", "research_plans_planrevision"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    for name, (model, field, _) in FIELDS.items():
        model._base_manager.update(**{field: word(name)})
    for submission in Submission.objects.all():
        submission.content["parts"][0]["answers"] += [
            _answer("GENERAL"),
            _answer("STAFFONLY", audience="staff"),
            _answer("SENSITIVE", is_sensitive=True),
        ]
        for part in submission.content["parts"]:
            if part["stream"]:
                part["answers"].append(_answer("STREAM"))
        Submission.objects.filter(pk=submission.pk).update(content=submission.content)
    assert PlanRevision.objects.exists()


def _rows_of_everything(world: World) -> None:
    """What the tables of addresses have no need of."""
    alma, mira = world.person("alumnus"), world.person("mentor")
    for scorer in (world.person("reviewer"), mira):
        make_assessment(world.application, scorer)
    _rows_of_reviewing(world)
    answer_reference(reference=make.make_reference(world.application), relationship="Teacher", text="Careful.")
    PlanComment.objects.create(revision=world.plan.revisions.all()[0], author=mira, text="Why?")
    Interest.objects.create(cohort=world.cohort, name="Ina", email="ina@example.org", other="Hello")
    assert world.recommendation.why
    Outcome.objects.create(
        person=alma,
        cohort=world.cohort,
        category=Category.values[0],
        method="self",
        as_of="2026-01-01",
        recorded_by=alma,
    )
    SupportNote.objects.create(request=world.support_request, author_code=world.person("support").code, text="Tired.")


def _rows_of_reviewing(world: World) -> None:
    """A note that the reviewer keeps, what is said after the mentor's waiver, and why the mentor waived."""
    read, discussed = (Application.objects.get(code=mentors.ARGS[name](world)[1]) for name in ("desk", "said"))
    PrivateNote.objects.create(person=world.person("reviewer"), application=read, text="Ask about Fermi.")
    Contribution.objects.create(application=discussed, author=world.person("staff"), text="Well argued.")
    assert Waiver.objects.filter(application=discussed, person=world.person("mentor")).exists()


def said(response: Any) -> str:
    """Everything a response says, a file's inside too."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    put_away(response)
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as sheets:
            return " ".join(sheets.read(name).decode("utf-8", "replace") for name in sheets.namelist())
    if body.startswith(b"%PDF"):
        return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages)
    return body.decode("utf-8", "replace")


def crawl(visit: Visit, settings: Any) -> Iterator[tuple[str, str, str]]:
    """Which word which role comes across, and where."""
    for row in visit.rows:
        if row.name.startswith(NOT_OF_THE_PROGRAMME):
            continue
        turn_to(row.site, settings)
        for role in visit.clients:
            if row.answers[ROLES.index(role)] != "200":
                continue
            with transaction.atomic(), transaction.atomic(using="support"):
                text = said(visit.clients[role].get(visit.addresses[id(row)]))
                transaction.set_rollback(True)
                transaction.set_rollback(True, using="support")
            for found in set(CANARY.findall(text)):
                yield found, role, str(row)


def test_every_secret_word_is_read_by_whom_the_table_names_and_nobody_else(settings: Any) -> None:
    assert "support" in connections
    visit = Visit()
    seed(visit)
    expected = {name: roles for name, (_, _, roles) in FIELDS.items()} | ANSWERS
    found: dict[str, dict[str, set[str]]] = {name: {} for name in expected}
    for name, role, where in crawl(visit, settings):
        found[name].setdefault(role, set()).add(where)
    leaks = [
        f"{name} to {role}: {', '.join(sorted(where)[:4])}"
        for name, roles in found.items()
        for role, where in roles.items()
        if role not in expected[name]
    ]
    assert leaks == []
    blind = [f"{name} by {role}" for name, roles in expected.items() for role in roles if role not in found[name]]
    assert blind == [], "read by nobody: has the crawl gone blind?"
    for text in Letter.objects.values_list("text", flat=True):
        assert not CANARY.search(text), "no letter carries a secret"
    for facts in Entry.objects.values_list("facts", flat=True):
        assert not CANARY.search(str(facts)), "the journal keeps codes, not words"
