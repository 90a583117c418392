"""How far something is: parts of a task, a share done, a job at work."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from .html import draw, tag
from .marks import part_mark

register = template.Library()


@register.simple_block_tag
def parts(content: SafeString) -> SafeString:
    """The parts of a task under each other; inside it `{% part %}` for each."""
    return tag("ol", content, class_="parts")


@register.simple_block_tag
def part(
    content: SafeString, label: str, share: float = 0, note: str = "", extra: str = "", url: str = ""
) -> SafeString:
    """One part of a task: how much of it is done (0 to 1), a note under it; content: the button or word at its end."""
    return draw("part", mark=part_mark(share), label=label, note=note, extra=extra, url=url, content=content)


@register.simple_tag
def progress_bar(value: float, maximum: float = 1, label: str = "", words: str = "") -> SafeString:
    """A share done, from real counts only; `words` are said beside it (`12 of 30`)."""
    bar = tag(
        "progress",
        words or f"{value:g} of {maximum:g}",
        value=f"{value:g}",
        max=f"{maximum or 1:g}",
        aria_label=label or words or "Progress",
    )
    return tag("span", format_html("{}{}", bar, tag("span", words) if words else ""), class_="progress-bar")
