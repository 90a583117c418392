"""Small marks beside words: status dots, stream marks, pips."""

from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from .html import tag

register = template.Library()

HUES, SHAPES = 6, 4  # As many as static/css/components/marks.css has.


@register.simple_tag
def status(label: str, tone: str = "plain") -> SafeString:
    """A state in words with its dot. Tones: `done`, `go`, `wait`, `warning`, `stop`, `plain`."""
    return tag("span", label, class_=f"status status-{tone}")


@register.simple_tag
def stream_mark(stream: object, hue: int | None = None) -> SafeString:
    """A stream's name with its hue and shape: the hue repeats after six streams with another shape.

    `stream` is a stream (its `name` and `hue` are read) or a name, then with its `hue` from 0 to 11.
    """
    index = getattr(stream, "hue", 0) if hue is None else hue
    return _mark(int(index), str(getattr(stream, "name", stream)))


@lru_cache(maxsize=512)
def _mark(index: int, name: str) -> SafeString:
    """Drawn once: a table repeats the same few streams in every row."""
    shape = index // HUES % SHAPES
    return tag("span", SafeString(f'<i class="hue-{index % HUES} mark-{shape}"></i>{escape(name)}'), class_="stream")


@register.simple_tag
def stream_marks(streams: Iterable[object]) -> SafeString:
    """Several streams, best first."""
    return SafeString(f'<ol class="streams">{"".join(f"<li>{stream_mark(stream)}</li>" for stream in streams)}</ol>')


@register.simple_tag
def pips(done: int, total: int) -> SafeString:
    """How complete a set is: `2 of 3`, two circles filled. Beyond eight, only the words."""
    shown = min(total, 8) if total <= 8 else 0
    circles = "".join(
        f'<circle class="{"full" if i < done else "hollow"}" cx="{i * 11 + 4.5}" cy="4.5" r="3.5"/>'
        for i in range(shown)
    )
    picture = f'<svg width="{shown * 11}" height="9" viewBox="0 0 {shown * 11} 9" aria-hidden="true">{circles}</svg>'
    return format_html('<span class="pips">{}{} of {}</span>', mark_safe(picture if shown else ""), done, total)  # noqa: S308


@register.simple_tag
def part_mark(share: float = 0) -> SafeString:
    """A part of a task: an empty ring, a slice (0 to 1), or a filled disc with a tick."""
    if share >= 1:
        drawn = '<circle class="full" cx="10" cy="10" r="10"/><path class="tick" d="m6.5 10.3 2.4 2.3 4.6-5"/>'
        words = "done"
    else:
        turn = 38 * max(share, 0)
        slice_ = f'<circle class="slice" cx="10" cy="10" r="4.5" stroke-dasharray="{turn * 28.27 / 38:.2f} 28.27"/>'
        drawn = f'<circle class="ring" cx="10" cy="10" r="9"/>{slice_ if share > 0 else ""}'
        words = "begun" if share > 0 else "to do"
    return format_html(
        '<svg class="part-mark" width="20" height="20" viewBox="0 0 20 20" role="img" aria-label="{}">{}</svg>',
        words,
        mark_safe(drawn),  # noqa: S308 -- numbers and fixed shapes
    )
