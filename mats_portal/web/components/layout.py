"""Layout of a page: its header, crumbs, tabs, cards, sections and the review desk."""

from django import template
from django.template.context import RequestContext
from django.utils.html import format_html
from django.utils.safestring import SafeString

from .html import classes, draw, tag

register = template.Library()


@register.simple_block_tag
def page_header(content: SafeString, title: str, subtitle: str = "", eyebrow: str = "") -> SafeString:
    """The one h1 of a page. Inside: `{% subtitle %}` (when it has links) and `{% actions %}`."""
    return draw("page_header", title=title, subtitle=subtitle, eyebrow=eyebrow, content=content)


@register.simple_block_tag
def subtitle(content: SafeString) -> SafeString:
    """The sentence under a page's title, with links where it needs them."""
    return tag("p", content, class_="page-header-subtitle")


@register.simple_block_tag
def actions(content: SafeString) -> SafeString:
    """Buttons in a row; in a page header they stand top right."""
    return tag("div", content, class_="actions")


@register.simple_tag
def crumbs(*pairs: str) -> SafeString:
    """The way back: `{% crumbs "Applications" list_url "Ngozi Adeyemi" %}`; the last has no address."""
    links = [(pairs[i], pairs[i + 1] if i + 1 < len(pairs) else "") for i in range(0, len(pairs), 2)]
    return draw("crumbs", links=links)


@register.simple_block_tag
def tabs(content: SafeString, label: str = "Sections") -> SafeString:
    """A sub-menu; inside it `{% tab %}` for each page."""
    return tag("nav", content, class_="tabs", aria_label=label)


@register.simple_tag
def tab(label: str, url: str, current: bool = False, count: int | None = None) -> SafeString:
    """One page of a sub-menu, with the number of things waiting there."""
    number = "" if count is None else tag("span", count, class_="tab-count")
    return tag("a", format_html("{}{}", label, number), href=url, aria_current="page" if current else None)


@register.filter
def same(one: object, other: object) -> bool:
    """Whether two things are equal, for an argument of a tag: `current=name|same:part`."""
    return one == other


@register.simple_block_tag
def card(content: SafeString, title: str = "", tone: str = "", note: str = "", **more: object) -> SafeString:
    """A sheet of paper with a heading. Tones: plain, `sunk`, `warning`, `refusal`."""
    heading = draw("card_heading", title=title, note=note) if title else ""
    kind = classes("card", f"card-{tone}" if tone else "")
    return tag("section", format_html("{}{}", heading, content), class_=kind, **more)


@register.simple_block_tag
def section(content: SafeString, title: str, note: str = "", **more: object) -> SafeString:
    """A part of a page that stands on the bare ground."""
    return tag(
        "section", format_html("{}{}", draw("card_heading", title=title, note=note), content), class_="section", **more
    )


@register.simple_block_tag
def prose(content: SafeString, size: str = "") -> SafeString:
    """What a person wrote, set for reading. Size: normal or `small`."""
    return tag("div", content, class_=classes("prose", f"prose-{size}" if size else ""))


@register.simple_block_tag
def disclosure(content: SafeString, summary: str, is_open: bool = False) -> SafeString:
    """Something one may open: works without JavaScript."""
    body = format_html('<summary>{}</summary><div class="disclosure-body">{}</div>', summary, content)
    return tag("details", body, class_="disclosure", open=bool(is_open))


@register.simple_block_tag
def facts(content: SafeString, wide: bool = False) -> SafeString:
    """A list of names and values; inside it `{% fact %}` for each."""
    return tag("dl", content, class_=classes("facts", "facts-wide" if wide else ""))


@register.simple_tag
def fact(label: str, value: object, missing: str = "not given") -> SafeString:
    """One name and its value; a value that is not there says so."""
    shown = tag("span", missing, class_="quiet") if value in (None, "") else value
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", label, shown)


@register.simple_block_tag(takes_context=True)
def confirm(
    context: RequestContext,
    content: SafeString,
    title: str,
    label: str,
    cancel_url: str,
    kind: str = "danger",
    action: str = "",
) -> SafeString:
    """The whole body of a page that asks before it acts: what will happen, one button, a way back.

    Extra fields may stand in the content: all of it is inside the form.
    """
    return draw(
        "confirm",
        title=title,
        label=label,
        cancel_url=cancel_url,
        kind=kind,
        action=action,
        content=content,
        csrf_token=context.get("csrf_token"),
    )


@register.simple_tag
def avatar(initials: str, name: str = "") -> SafeString:
    """A person's initials; with a name, the name beside them."""
    mark = tag("span", initials, class_="avatar", aria_hidden="true")
    if not name:
        return mark
    return tag("span", format_html("{}{}", mark, name), class_="person")
