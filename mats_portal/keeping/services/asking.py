"""Ask to be erased, take it back, answer."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.urls import reverse

from mats_portal.jobs.models import Job
from mats_portal.jobs.services import start_job
from mats_portal.journal.services import record
from mats_portal.keeping.letters import ASKED, REFUSED
from mats_portal.keeping.models import ErasureRequest
from mats_portal.keeping.selectors import has_open_request, hindrances
from mats_portal.keeping.states import ErasureState
from mats_portal.outbox.services import post_letter
from mats_portal.people.models import Person
from mats_portal.web.errors import Refusal
from mats_portal.web.links import absolute
from mats_portal.web.text import clean_text

ERASE = "erase a person"


class AlreadyAsked(Refusal):
    """You have asked already. The answer comes by letter."""


class AlreadyAnswered(Refusal):
    """This request has been answered or taken back meanwhile. Nothing was changed."""


class AnswerNeeded(Refusal):
    """Say why it cannot be done: the person reads it, and has a right to the reason."""


class NotNow(Refusal):
    """Something is in the way of erasing this person."""


@transaction.atomic
def ask_for_erasure(*, by: Person, words: str = "") -> ErasureRequest:
    """Keep the request of the person who asks, due within 30 days; a letter says so. Raises `AlreadyAsked`."""
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    if has_open_request(by):
        raise AlreadyAsked
    request = ErasureRequest.objects.create(person=by, words=clean_text(words).strip())
    request.refresh_from_db()
    record(by=by, verb="ask to be erased", subject=request)
    facts = {"due": f"{request.due_at:%d %B %Y}", "url": absolute(reverse("keeping:erase"))}
    post_letter(kind=ASKED, to=by, key=f"erasure asked:{request.code}", facts=facts)
    return request


@transaction.atomic
def take_back_erasure(*, request: ErasureRequest, by: Person) -> None:
    """The person keeps their account after all. Raises `AlreadyAnswered`."""
    waiting = ErasureRequest.objects.filter(pk=request.pk, person=by, state=ErasureState.ASKED)
    if not waiting.update(state=ErasureState.TAKEN_BACK):
        raise AlreadyAnswered
    record(by=by, verb="take back erasure request", subject=request)


@transaction.atomic
def refuse_erasure(*, request: ErasureRequest, answer: str, by: Person) -> None:
    """Say no, with a reason that the person gets by letter. Raises `AnswerNeeded`, `AlreadyAnswered`."""
    words = clean_text(answer).strip()
    if not words:
        raise AnswerNeeded
    _decide(request, ErasureState.REFUSED, words, by)
    record(by=by, verb="refuse erasure", subject=request)
    post_letter(kind=REFUSED, to=request.person, key=f"erasure refused:{request.code}", facts={"answer": words})


@transaction.atomic
def grant_erasure(*, request: ErasureRequest, answer: str, by: Person) -> Job:
    """Say yes, and start the job that does it. answer: what is kept beyond the list and why, or nothing.

    Raises `NotNow` while something is in the way, and `AlreadyAnswered`.
    """
    if found := hindrances(request.person):
        raise NotNow(" ".join(found))
    _decide(request, ErasureState.GRANTED, clean_text(answer).strip(), by)
    record(by=by, verb="grant erasure", subject=request)
    return start_job(by=by, kind=ERASE, subject=request.code, arguments={"request": request.code})


def _decide(request: ErasureRequest, state: ErasureState, answer: str, by: Any) -> None:
    waiting = ErasureRequest.objects.filter(pk=request.pk, state=ErasureState.ASKED).exclude(person=by)
    if not waiting.update(state=state, answer=answer, decided_by=by, decided_at=Now()):
        raise AlreadyAnswered
    request.refresh_from_db()
