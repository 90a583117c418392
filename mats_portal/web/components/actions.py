"""Things one can press: buttons, link buttons, buttons that post, icons and keys."""

import functools

import lucide
from django import template
from django.template.context import RequestContext
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from .html import attributes, classes, draw, tag

register = template.Library()


@register.simple_tag
@functools.cache
def icon(name: str, size: int = 16) -> SafeString:
    """One of Lucide's pictures as inline SVG, silent to a screen reader: a word stands beside it."""
    silent = {"aria_hidden": "true", "focusable": "false", "class": "icon"}
    return mark_safe(lucide._render_icon(str(name), size, **silent))  # noqa: S308 -- drawn from the package's files


@register.simple_tag
def kbd(*keys: str) -> SafeString:
    """A key, or several: `{% kbd "j" "k" %}`."""
    return format_html("{}", mark_safe("".join(tag("kbd", key) for key in keys)))  # noqa: S308 -- each is escaped by tag()


def _face(label: str, picture: str, key: str) -> SafeString:
    return format_html("{}{}{}", icon(picture) if picture else "", tag("span", label), kbd(key) if key else "")


@register.simple_tag
def button(label: str, kind: str = "", picture: str = "", key: str = "", **more: object) -> SafeString:
    """A button. Kinds: outlined, `primary` (one a page), `quiet`, `danger`.

    `picture` is an icon's name, `key` the key that does the same; more are attributes: type, name, value, form.
    """
    facts = {"type": "submit", "class_": classes("button", kind and f"button-{kind}")} | more
    return tag("button", _face(label, picture, key), **facts)


@register.simple_tag
def link_button(label: str, url: str, kind: str = "", picture: str = "", **more: object) -> SafeString:
    """A link that looks like a button: it only goes somewhere and changes nothing."""
    return tag("a", _face(label, picture, ""), href=url, class_=classes("button", kind and f"button-{kind}"), **more)


@register.simple_tag(takes_context=True)
def post_button(
    context: RequestContext, label: str, url: str, kind: str = "", picture: str = "", **hidden: object
) -> SafeString:
    """A form of one button. More are hidden fields: `{% post_button "Close" url state="closed" %}`."""
    return draw(
        "post_button",
        url=url,
        face=_face(label, picture, ""),
        hidden=hidden,
        kind=classes("button", kind and f"button-{kind}"),
        csrf_token=context.get("csrf_token"),
    )


@register.simple_block_tag(takes_context=True)
def post_form(
    context: RequestContext, content: SafeString, action: str = "", autosave: str = "", **more: object
) -> SafeString:
    """A form that changes something: token inside, typed text kept by `autosave` (the address that saves it).

    More are attributes: `enctype="multipart/form-data"`, `id="…"`, `data_once=True` (pressed once only).
    """
    facts = {"method": "post", "action": action, "data_autosave_url": autosave, "class_": "form", **more}
    return draw("post_form", attributes=attributes(facts), content=content, csrf_token=context.get("csrf_token"))


@register.filter
def button_kind(tags: list[str] | None, facts: dict[str, object]) -> str:
    """The class of a button of the account pages, from the tags that their templates give it."""
    given = set(tags or ())
    if given & {"danger", "delete"}:
        return "button-danger"
    if given & {"link", "cancel", "minor"}:
        return "button-quiet"
    if given & {"outline", "secondary", "panel", "tool"} or facts.get("href"):
        return ""
    return "button-primary"
