"""Tables, rows, pagers and the filter bar with its pills."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django import forms, template
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.template.context import RequestContext
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from mats_portal.web.tables import Table

from .fields import field as drawn_field
from .html import classes, draw, tag

register = template.Library()


@dataclass(frozen=True)
class Pill:
    """One filter in force, in words, and the address of the page without it."""

    label: str
    remove_url: str


@register.simple_block_tag
def table(content: SafeString, label: str, keys: bool = True, plain: bool = False) -> SafeString:
    """A table (`<thead>` and `<tbody>` inside) with a sticky head; on a phone each row is a card.

    Cells: class `title` for the main one, `num` for numbers, `data-label="…"` names a cell on the card,
    class `wide-only` leaves it out there. `plain` keeps it a table on a phone, too.
    """
    drawn = tag(
        "table",
        content,
        class_=classes("table", "table-plain" if plain else "table-cards"),
        aria_label=label,
        data_rows=keys,
    )
    return tag(
        "div",
        drawn,
        class_="table-frame",
        tabindex="0" if plain else None,
        role="region" if plain else None,
        aria_label=label if plain else None,
    )


@register.simple_block_tag
def row(content: SafeString, url: str = "", selected: bool = False) -> SafeString:
    """A row that can be pressed anywhere; its title cell holds the same link, for everybody else."""
    return tag("tr", content, data_href=url, aria_selected="true" if selected else None)


@register.simple_tag
def flat(rows: Table) -> SafeString:
    """Head and body of a table whose rows are plain values: for lists of fifty rows and more."""
    return format_html("<thead><tr>{}</tr></thead>\n<tbody>{}</tbody>", rows.head(), rows.body())


@register.simple_tag
def pager(previous_url: str = "", next_url: str = "", words: str = "") -> SafeString:
    """Earlier and later pages of a list, with a word on where one stands; nothing when there is one page."""
    return draw("pager", previous_url=previous_url, next_url=next_url, words=words)


@register.simple_tag(takes_context=True)
def filters(context: RequestContext, form: forms.BaseForm, search: str = "q") -> SafeString:
    """The filter bar of a GET form: its field `search` in sight, the rest one click away, a pill for each in force."""
    params = context["request"].GET
    if search in form.fields:
        form.fields[search].widget.attrs.setdefault("placeholder", form[search].label)
    others = [_narrow(bound) for bound in form if bound.name != search and not bound.is_hidden]
    return draw(
        "filters",
        search=form[search] if search in form.fields else None,
        others=others,
        hidden=form.hidden_fields(),
        pills=pills(form, params, leave_out=search),
    )


@register.simple_tag
def boxes(name: str, legend: str, options: Iterable[tuple[str, str]], chosen: Iterable[str] = ()) -> SafeString:
    """Boxes to tick, by hand: for a GET form without a form class. `options` are values and words."""
    return _boxes(name, legend, tuple(options), frozenset(chosen))


def _narrow(bound: BoundField) -> SafeString:
    """One way to narrow the list. Boxes to tick are drawn here: a template for each would be a fifth of the page."""
    if not isinstance(bound.field.widget, forms.CheckboxSelectMultiple):
        return drawn_field(bound, note=" ")
    chosen = frozenset(str(value) for value in bound.value() or ())
    options = tuple((str(value), str(label)) for value, label in bound.field.widget.choices)
    return _boxes(bound.html_name, str(bound.label), options, chosen)


@lru_cache(maxsize=256)
def _boxes(name: str, label: str, options: tuple[tuple[str, str], ...], chosen: frozenset[str]) -> SafeString:
    boxes = "".join(
        f'<div><label><input type="checkbox" name="{escape(name)}" value="{escape(value)}"'
        f"{' checked' if value in chosen else ''}> {escape(words)}</label></div>"
        for value, words in options
    )
    inner = f'<legend>{escape(label)}</legend><div class="field-control"><div class="choices">{boxes}</div></div>'
    return SafeString(f'<fieldset class="field field-choices">{inner}</fieldset>')


def pills(form: forms.BaseForm, params: QueryDict, leave_out: str = "q") -> list[Pill]:
    """A pill for each value in the address that is a field of the form, in the form's own words."""
    made = []
    for name, field in form.fields.items():
        is_told = name != leave_out and not field.widget.is_hidden
        for value in params.getlist(form.add_prefix(name)) if is_told else ():
            if value:
                made.append(
                    Pill(f"{form[name].label}: {_words(field, value)}", _without(params, form.add_prefix(name), value))
                )
    return made


def _words(field: forms.Field, value: str) -> str:
    if isinstance(field, forms.BooleanField):
        return "yes"
    for key, label in getattr(field, "choices", ()):
        if str(key) == value:
            return str(label)
    return value


def _without(params: QueryDict, name: str, value: str) -> str:
    rest = params.copy()
    rest.setlist(name, [kept for kept in params.getlist(name) if kept != value])
    for cursor in ("page", "after", "before"):
        rest.pop(cursor, None)
    return f"?{rest.urlencode()}"


@register.simple_block_tag
def selection_bar(content: SafeString, noun: str = "selected") -> SafeString:
    """What can be done with the chosen rows: sticks to the bottom, counts what is ticked."""
    count = format_html('<span class="selection-count" data-selection-count>0</span> {}', noun)
    return tag("div", format_html("<p>{}</p>{}", count, content), class_="selection-bar", data_selection=True)
