"""Honest numbers: a dot with its whisker, bars with their n, figures with their definition."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from .html import draw, tag

register = template.Library()


@dataclass(frozen=True)
class Bar:
    """One bar: its name, its number, what the number is a share of, and where it leads."""

    label: str
    n: float
    note: str = ""
    url: str = ""
    shown: str = ""


@register.simple_tag
def whisker(
    estimate: float | str | None,
    low: float | None = None,
    high: float | None = None,
    minimum: float = 0,
    maximum: float = 10,
    cut: float | None = None,
    width: int = 120,
    missing: str = "no estimate yet",
) -> SafeString:
    """An estimate as a dot on its interval, the cut as a dashed line; the same in words for a screen reader."""
    if not isinstance(estimate, int | float | Decimal):
        return tag("span", missing, class_="quiet")
    reach = (maximum - minimum) or 1

    def x(value: float) -> float:
        return round(4 + (width - 8) * min(max((float(value) - float(minimum)) / float(reach), 0), 1), 1)

    drawn = [f'<line class="rail" x1="0" x2="{width}" y1="9" y2="9"/>']
    if cut is not None:
        drawn.append(f'<line class="cut" x1="{x(cut)}" x2="{x(cut)}" y1="1" y2="17"/>')
    words = f"{estimate:g}"
    if low is not None and high is not None:
        drawn.append(f'<line class="reach" x1="{x(low)}" x2="{x(high)}" y1="9" y2="9"/>')
        words += f", between {low:g} and {high:g}"
    drawn.append(f'<circle class="dot" cx="{x(estimate)}" cy="9" r="4"/>')
    if cut is not None:
        words += f"; the cut is at {cut:g}"
    return format_html(
        '<svg class="whisker" width="{}" height="18" viewBox="0 0 {} 18" role="img" aria-label="{}">{}</svg>',
        width,
        width,
        words,
        mark_safe("".join(drawn)),  # noqa: S308 -- numbers only
    )


@register.simple_tag
def bars(rows: Iterable[Bar | Mapping[str, object]], of: float | None = None, label: str = "") -> SafeString:
    """Bars under each other. Rows are `Bar`s or mappings of the same names; `of` (or the longest) fills the width."""
    read = [row if isinstance(row, Bar) else Bar(**row) for row in rows]  # type: ignore[arg-type]
    most = of or max((row.n for row in read), default=0) or 1
    drawn = [{"row": row, "shown": row.shown or f"{row.n:,g}", "width": round(1000 * row.n / most)} for row in read]
    return draw("bars", rows=drawn, label=label)


@register.simple_block_tag
def figure(content: SafeString, title: str, definition: str = "", n: str = "") -> SafeString:
    """A figure under its heading, its definition one click away."""
    return draw("figure", title=title, definition=definition, n=n, content=content)


@register.simple_tag
def stat(label: str, value: object, note: str = "", url: str = "", tone: str = "") -> SafeString:
    """One number that matters, large, with its n or interval as the note."""
    return draw("stat", label=label, value=value, note=note, url=url, tone=tone)


@register.simple_block_tag
def stats(content: SafeString) -> SafeString:
    """Several numbers side by side; inside it `{% stat %}` for each."""
    return tag("div", content, class_="stats")
