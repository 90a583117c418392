"""Where an application stands, in plain words and with the next date: from the calendar and the applicant's own acts
alone, so that it is the same for everybody whatever selection has found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from applications.calendar import HEARD, dates_of, steps_of
from applications.selectors import Draft, Window, extras_of
from applications.states import ApplicationState
from applications.words import headline, next_step, status, subtitle
from mats_portal.cohorts.states import MilestoneKind


@dataclass(frozen=True, slots=True)
class Standing:
    """The state in the applicant's words, a sentence on what happens now, and what comes next (None: no date yet)."""

    word: str
    sentence: str
    next_words: str = ""
    next_at: datetime | None = None


def standing(draft: Draft, window: Window, dates: dict[str, datetime]) -> Standing | None:
    """What is true of this application once applications have closed; before, the countdown says it (None).

    dates: those of the cohort's milestones, by their kind.
    """
    if not window.is_closed:
        return None
    application = draft.application
    word = status(application)
    if application.state == ApplicationState.WITHDRAWN:
        return Standing(word, "Nobody reads it. What you wrote is kept for you.")
    if application.state == ApplicationState.DRAFT:
        return Standing(word, "Applications have closed, so nobody reads it. What you wrote is kept for you.")
    heard_at = dates.get(MilestoneKind.OFFERS_RELEASED)
    if heard_at is None:
        return Standing(word, "People read it now. When you hear from us will be said here.")
    if heard_at > window.now:
        return Standing(word, "People read it now.", HEARD, heard_at)
    sentence = (
        "The day on which everybody hears from us, either way, has come. If nothing has reached you, write to us."
    )
    return Standing(word, sentence, "Everybody was to hear", heard_at)


def progress(draft: Draft, window: Window) -> dict[str, Any]:
    """Everything that the applicant's overview shows, on its own page and on the home."""
    cohort = draft.application.cohort
    dates = dates_of(cohort)
    action, name, arguments = next_step(draft, window)
    return {
        "draft": draft,
        "window": window,
        "steps": steps_of(cohort, dates),
        "standing": standing(draft, window, dates),
        "headline": headline(draft, window),
        "subtitle": subtitle(draft, window),
        "action": action,
        "action_url": reverse(name, args=arguments) if name else "",
    } | extras_of(draft.application)
