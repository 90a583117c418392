"""What the portal says: notices, empty states, toasts, who will see it, whether it is saved."""

import datetime as dt

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from .actions import icon
from .html import draw, tag

register = template.Library()

_PICTURES = {"info": "info", "done": "check", "warning": "triangle-alert", "refusal": "circle-alert"}
_KINDS = {"success": "done", "error": "refusal", "debug": "info"}


@register.simple_block_tag
def notice(content: SafeString, kind: str = "info", title: str = "") -> SafeString:
    """A sentence that matters here. Kinds: `info`, `done`, `warning`, `refusal`."""
    return draw("notice", kind=kind, title=title, content=content, picture=icon(_PICTURES[kind]))


@register.simple_block_tag
def empty_state(content: SafeString, title: str) -> SafeString:
    """What will be here, and how it comes to be."""
    return draw("empty_state", title=title, content=content)


@register.simple_tag
def toasts(messages: object) -> SafeString:
    """The answers to what was just done, from Django's messages."""
    shown = [
        {"text": message, "kind": _KINDS.get(message.level_tag, message.level_tag), "tags": message.extra_tags}
        for message in messages or ()  # type: ignore[attr-defined]
    ]
    for one in shown:
        one["picture"] = icon(_PICTURES.get(one["kind"], "info"))
    return draw("toasts", messages=shown)


@register.simple_tag
def audience(who: str) -> SafeString:
    """Who will see what is written here."""
    return tag("span", format_html("seen by: {}", who), class_="audience")


@register.simple_tag
def saved(at: dt.datetime | None = None) -> SafeString:
    """The saved mark: empty until the server has answered, then with the server's time."""
    words = "" if at is None else f"Saved {timezone.localtime(at):%H:%M}"
    return draw("saved", words=words)
