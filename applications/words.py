"""What an applicant reads about where the application stands: the same for everybody, whatever selection has found."""

from __future__ import annotations

from applications.models import Application
from applications.selectors import Draft, Window
from applications.states import PUBLIC_WORDING, ApplicationState

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def number(count: int) -> str:
    """A small number in words, a larger one in figures."""
    return _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"


def headline(draft: Draft, window: Window) -> str:
    """What is left, in one glance."""
    application, name = draft.application, draft.application.person.get_short_name()
    if application.state == ApplicationState.SUBMITTED:
        return f"Your application is with us, {name}"
    if application.joined_to_id and application.state == ApplicationState.WITHDRAWN:
        return "We read your other application"
    if application.state == ApplicationState.WITHDRAWN:
        return "Your application is withdrawn"
    if window.is_closed:
        return "Applications have closed"
    if draft.open_count:
        noun = "question" if draft.open_count == 1 else "questions"
        return f"{number(draft.open_count).capitalize()} {noun} left, {name}"
    return f"Read it through and submit, {name}" if draft.choices else f"Choose your streams, {name}"


def subtitle(draft: Draft, window: Window) -> str:
    """One sentence under the headline."""
    application = draft.application
    to = f"Your application to {application.cohort}."
    if application.state == ApplicationState.SUBMITTED:
        if window.is_closed:
            return f"{to} There is nothing left for you to do."
        if has_changed_since(application):
            return f"{to} You have worked on it since you submitted: submit again to send the changes."
        return f"{to} You can change it and submit again until applications close."
    if application.joined_to_id and application.state == ApplicationState.WITHDRAWN:
        return f"{to} This one is set aside, and nothing of it is lost. If that is wrong, write to us."
    if application.state == ApplicationState.WITHDRAWN:
        return f"{to} Nobody reads it. " + ("" if window.is_closed else "You can still submit it again.")
    if window.is_closed:
        return f"{to} It was not submitted. What you wrote is kept."
    return f"{to} Everything you typed is saved."


def status(application: Application) -> str:
    """The state in the applicant's words."""
    return str(PUBLIC_WORDING[ApplicationState(application.state)])


def has_changed_since(application: Application) -> bool:
    """Whether the applicant has acted since the last submission."""
    return application.submitted_at is not None and application.changed_at > application.submitted_at


def next_step(draft: Draft, window: Window) -> tuple[str, str, list[str]]:
    """The one next step: its words, and the name and arguments of its address. Empty when there is none."""
    slug = draft.application.cohort.slug
    if not window.is_open:
        return "", "", []
    if draft.application.state == ApplicationState.SUBMITTED and not has_changed_since(draft.application):
        return "", "", []
    for part in draft.general:
        if not part.is_done:
            return f"Continue with “{part.part.title}”", "applications:section", [slug, part.part.slug]
    if not draft.choices:
        return "Choose your streams", "applications:streams", [slug]
    for part in draft.streams:
        if not part.is_done:
            return f"Continue with {part.part.title}", "applications:stream_questions", [slug, part.part.slug]
    return "Read it through and submit", "applications:review", [slug]
