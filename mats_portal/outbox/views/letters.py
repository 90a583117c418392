"""The letters of a cohort for its staff; the post office for administrators."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from mats_portal.outbox.forms import LetterFilter
from mats_portal.outbox.policies import (
    books_of,
    can_read_letter,
    can_settle_letter,
    keepers_of_letters,
    letters_visible_to,
    readers_of_letters,
)
from mats_portal.outbox.selectors import (
    SCAN,
    counts_by_state,
    forecast_of,
    last_beat,
    letters_in_cohort,
    letters_of_no_cohort,
)
from mats_portal.outbox.services import answer_held_letters, send_again, settle_as_arrived
from mats_portal.outbox.states import LetterState
from mats_portal.people.policies import administrators
from mats_portal.web.access import ACT, access, require
from mats_portal.web.errors import Refusal
from mats_portal.web.pages import keyset


def _cohort(request: HttpRequest, slug: str) -> Any:
    """The cohort of that slug, if its letters are this reader's business; it goes on the request for the frame."""
    cohort = books_of(request.user).get(slug)
    if cohort is None:
        raise Http404
    request.cohort = cohort  # type: ignore[attr-defined]
    return cohort


@access(readers_of_letters)
def letters(request: HttpRequest, slug: str) -> HttpResponse:
    """The letters of a cohort, newest first."""
    cohort, form = _cohort(request, slug), LetterFilter(request.GET)
    counts = counts_by_state(letters_in_cohort(slug))
    facts = {
        "cohort": cohort,
        "form": form,
        "page": keyset(form.narrow(letters_in_cohort(slug)), request),
        "total": sum(counts.values()),
        "doubtful": counts.get(LetterState.UNKNOWN, 0),
        "failed": counts.get(LetterState.FAILED, 0),
        "held": counts.get(LetterState.HELD, 0),
        "waiting": counts.get(LetterState.PLANNED, 0) + counts.get(LetterState.LEASED, 0),
    }
    return render(request, "outbox/letter_list.html", facts)


@access(readers_of_letters)
def tomorrow(request: HttpRequest, slug: str) -> HttpResponse:
    """Which reminders will have gone out by this time tomorrow, if nobody acts before."""
    cohort = _cohort(request, slug)
    facts = {"cohort": cohort, "forecast": forecast_of(slug), "last_scan": last_beat(SCAN)}
    return render(request, "outbox/letter_tomorrow.html", facts)


@access(readers_of_letters, methods=ACT)
def held(request: HttpRequest, slug: str) -> HttpResponse:
    """Send or drop the letters that the brake holds."""
    cohort, send = _cohort(request, slug), request.POST.get("answer") == "send"
    try:
        count = answer_held_letters(cohort=cohort, send=send, by=request.user)
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    else:
        letters_go = "1 letter goes" if count == 1 else f"{count} letters go"
        messages.success(request, f"{letters_go} out." if send else f"Dropped: {count} will not be sent.")
    return redirect("outbox:letters", slug)


@access(keepers_of_letters)
def letter(request: HttpRequest, code: str) -> HttpResponse:
    """One letter: what became of it, and its words for those who may read them."""
    found = get_object_or_404(letters_visible_to(request.user), code=code)
    request.cohort = books_of(request.user).get(found.cohort_slug)  # type: ignore[attr-defined]
    may_read = can_read_letter(request.user, found)
    facts = {
        "letter": found,
        "cohort": books_of(request.user).get(found.cohort_slug),
        "may_read": may_read.allowed,
        "why_not": may_read.sentence,
        "may_settle": can_settle_letter(request.user, found).allowed,
        "is_doubtful": found.state == LetterState.UNKNOWN,
        "has_failed": found.state == LetterState.FAILED,
    }
    return render(request, "outbox/letter_detail.html", facts)


@access(keepers_of_letters, methods=ACT)
def settle(request: HttpRequest, code: str) -> HttpResponse:
    """Say that a letter in doubt arrived, or let it be sent again."""
    found = get_object_or_404(letters_visible_to(request.user), code=code)
    require(can_settle_letter(request.user, found))
    cohort = books_of(request.user).get(found.cohort_slug)
    try:
        if request.POST.get("answer") == "arrived":
            settle_as_arrived(letter=found, by=request.user, cohort=cohort)
            messages.success(request, "Noted: the letter has arrived.")
        else:
            send_again(letter=found, by=request.user, cohort=cohort)
            messages.success(request, "The letter will be sent again.")
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    return redirect(found)


@access(administrators)
def post_office(request: HttpRequest) -> HttpResponse:
    """The letters that belong to no cohort: sign-in, invitations to the portal. Never their words."""
    form = LetterFilter(request.GET)
    page = keyset(form.narrow(letters_of_no_cohort(), by_subject=False), request)
    return render(request, "outbox/post_office.html", {"form": form, "page": page})
