"""Two worlds, equal but for one secret, are equal byte for byte to everybody who must not know it."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from applications.models import Preference
from applications.services import decide_concern, raise_concern
from mentors.models import Release, SelectionRound, Shortlist
from mentors.services import (
    confirm_release,
    declare_conflict,
    prepare_offers,
    prepare_release,
    rank_applications,
    run_matching,
    set_round_aside,
    stop_release,
    word_release,
)
from mentors.states import ConflictKind, DecisionKind, ReleaseState
from scholars.support.services.requests import ask_support, take_request, write_note
from scholars.support.states import RequestKind
from scholars.visas.services import Steps, keep_visa
from scholars.visas.states import Need
from tests.access import turn_to
from tests.access.mentors import ARGS as MENTORS
from tests.hostile.pages import Visit, get
from tests.leaks.looks import alike
from tests.mentors import world as selection
from tests.scenarios import ROLES, World

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.crawl, pytest.mark.timeout(900)]

UNSEEN_HEADERS = {"set-cookie", "content-security-policy", "content-length"}
# Doing nothing here, and everything on the other side.
OUTSIDERS = ("nobody", "applicant", "grader", "scholar", "support")
CLOSED_TOO = ("applicant", "mentor")
# Pages that know no cohort.
NOT_OF_THE_PROGRAMME = ("account_", "mfa_", "styleguide", "health:")
Photograph = dict[str, tuple[int, bytes, dict[str, str]]]


def photograph(visit: Visit, role: str, settings: Any) -> Photograph:
    """Everything that the role can ask for: status, bytes and headers."""
    with transaction.atomic(), transaction.atomic(using="support"):  # Some pages note in the journal who read them.
        found = dict(_looks(visit, role, settings))
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="support")
    return found


def _looks(visit: Visit, role: str, settings: Any) -> Iterator[tuple[str, tuple[int, bytes, dict[str, str]]]]:
    for row in visit.rows:
        if row.name.startswith(NOT_OF_THE_PROGRAMME):
            continue
        if row.answers[ROLES.index(role)] != "200" and role not in CLOSED_TOO:
            continue
        turn_to(row.site, settings)
        answer = get(visit.clients[role], visit.addresses[id(row)])
        headers = {name: value for name, value in answer.headers.items() if name.lower() not in UNSEEN_HEADERS}
        body = b"" if answer.streaming else alike(answer.content)
        yield f"{row} {visit.addresses[id(row)]}", (answer.status_code, body, headers)


def difference(role: str, url: str, before: dict[str, Photograph], after: dict[str, Photograph]) -> str:
    """What a role could tell the worlds apart by on a page, or nothing."""
    old, new = before[role][url], after[role][url]
    if old == new:
        return ""
    lines = difflib.unified_diff(old[1].decode().split("\n"), new[1].decode().split("\n"), n=0, lineterm="")
    changed = [line.strip()[:120] for line in lines if line[:1] in "+-" and line.strip("+- ")]
    return "\n  ".join([f"{role} {url}: {old[0]} {new[0]}", *changed[:12]])


def bo(world: World) -> Any:
    """The application that the reviewer was asked to read and has not scored."""
    MENTORS["desk"](world)
    return world.__dict__["mentors_application"]


def ben(world: World) -> Any:
    """Another reviewer, whom the world knew before."""
    return world.membership.person


def score(world: World) -> None:
    """Another reviewer has finished, with a comment."""
    selection.make_assessment(bo(world), ben(world), technical_ability=1)


def ask_reviewer(world: World) -> None:
    """Another reviewer has been asked."""
    selection.make_assignment(bo(world), ben(world), world.person("staff"))


def conflict(world: World) -> None:
    """Somebody has declared a tie."""
    by = ben(world)
    declare_conflict(application=bo(world), person=by, kind=ConflictKind.FAMILY, by=by)


def rank(world: World) -> None:
    """The stream's mentors changed their minds."""
    codes = [world.application.code, bo(world).code]
    revision = Shortlist.objects.get(stream=world.stream).revision
    rui = world.person("staff")
    rank_applications(stream=world.stream, ordered=codes, would_take=2, expected_revision=revision, by=rui)


def match(world: World) -> None:
    """The round was set aside; the stream then wants another, whose offer is prepared, not sent."""
    rui = world.person("staff")
    set_round_aside(made=SelectionRound.objects.get(cohort=world.cohort), by=rui)
    rank(world)
    prepare_offers(made=run_matching(cohort=world.cohort, by=rui), by=rui)


def reject(world: World) -> None:
    """Two people have agreed that the applicant gets a place on the reserve at most; the release is held."""
    draft = Release.objects.get(cohort=world.cohort, state=ReleaseState.DRAFT)
    stop_release(release=draft, by=draft.prepared_by)
    set_round_aside(made=SelectionRound.objects.get(cohort=world.cohort), by=draft.prepared_by)
    kinds = [DecisionKind.RESERVE, DecisionKind.REJECTION]
    release = prepare_release(cohort=world.cohort, kinds=kinds, by=draft.prepared_by)
    words = release.words.filter(kind=DecisionKind.REJECTION)
    word_release(release=release, wordings=dict.fromkeys(words, selection.FEEDBACK), by=draft.prepared_by)
    confirm_release(release=release, typed_count=release.decisions.count(), by=world.person("staff"))


def also_elsewhere(world: World) -> None:
    """The applicant has named another stream, after this one."""
    Preference.objects.create(application=bo(world), stream=world.other_stream, rank=2)


def ask_for_help(world: World) -> None:
    """The scholar has asked support, who took it and wrote a note."""
    sam, sol = selection.fresh(world.scholarship.person), selection.fresh(world.person("support"))
    asked = ask_support(by=sam, cohort=world.cohort, kind=RequestKind.PLANNING, text="Help.", form_key="twin")
    take_request(by=sol, request=asked)
    write_note(by=sol, request=asked, text="They sleep badly.", form_key="twin")


def doubt(world: World) -> None:
    """Somebody doubts that the application is honest, and nobody has decided on it."""
    raise_concern(application=bo(world), reason="Copied, I think.", by=ben(world))


def doubt_together(world: World) -> None:
    """A second person has confirmed the doubt."""
    decide_concern(concern=world.concern, is_confirmed=True, reason="So do I.", by=world.person("staff"))


def need_a_visa(world: World) -> None:
    """The scholar needs a visa, and it was refused."""
    day = date(2026, 5, 8)
    steps = Steps(Need.NEEDED, filed_on=day, refused_on=day)
    keep_visa(scholar=world.scholarship, steps=steps, by=world.scholarship.person)


EVALUATORS = ("mentor", "reviewer")
# The secret, who must not learn it, and who shows that the test can see it at all.
SECRETS: list[tuple[Callable[[World], None], Iterable[str], str]] = [
    # A mentor of the stream was not asked, and could score it: nothing tells them that somebody has.
    # Whoever sets up the rubric is told how many reviews a change would leave with the old one: a figure, of nobody.
    (score, (*OUTSIDERS, *EVALUATORS), "staff"),
    (doubt, (*OUTSIDERS, *EVALUATORS, "admin"), "staff"),
    (doubt_together, (*OUTSIDERS, "admin"), "mentor"),
    (ask_reviewer, (*OUTSIDERS, *EVALUATORS, "admin"), "staff"),
    (conflict, (*OUTSIDERS, *EVALUATORS, "admin"), "staff"),
    (rank, (*OUTSIDERS, "reviewer", "admin"), "mentor"),
    (match, (*OUTSIDERS, "reviewer", "admin"), "staff"),
    (reject, (*OUTSIDERS, *EVALUATORS, "admin"), "staff"),
    (also_elsewhere, (*OUTSIDERS, *EVALUATORS, "admin"), "staff"),
    (need_a_visa, ("nobody", "applicant", "grader", "support", *EVALUATORS, "admin"), "staff"),
    (ask_for_help, ("nobody", "applicant", "grader", *EVALUATORS, "staff", "admin"), "support"),
]


@pytest.mark.parametrize(("secret", "blind", "sees"), SECRETS, ids=[row[0].__name__ for row in SECRETS])
def test_worlds_that_differ_in_a_secret_look_the_same_to_whom_it_is_kept_from(
    secret: Callable[[World], None],
    blind: Iterable[str],
    sees: str,
    settings: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    visit = Visit()
    roles = (*blind, sees)
    ben(visit.world)
    for role in roles:  # What a first visit alone shows, such as a greeting, is no difference.
        get(visit.clients[role], "/")
    before = {role: photograph(visit, role, settings) for role in roles}
    # What was to be done after the commit is done: a letter, which nobody else may see.
    with django_capture_on_commit_callbacks(using="support", execute=True):
        secret(visit.world)
    after = {role: photograph(visit, role, settings) for role in roles}
    told = [difference(role, url, before, after) for role in blind for url in before[role]]
    told = [words for words in told if words]
    assert not told, "\n".join(told)
    assert before[sees] != after[sees]
