"""Whole forms: the list of what is wrong, all fields, an order to be set."""

from django import forms, template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .fields import field
from .html import draw, tag

register = template.Library()


@register.simple_tag
def error_summary(*several: forms.BaseForm) -> SafeString:
    """What is wrong in these forms, each with a link to its field; takes the focus. Nothing when nothing is."""
    found = [
        {"label": bound.label, "target": bound.id_for_label or bound.auto_id, "errors": bound.errors}
        for form in several
        if form.is_bound
        for bound in form.visible_fields()
        if bound.errors
    ]
    general = [error for form in several if form.is_bound for error in form.non_field_errors()]
    hidden = [error for form in several if form.is_bound for bound in form.hidden_fields() for error in bound.errors]
    return (
        draw("error_summary", found=found, general=general + hidden) if found or general or hidden else SafeString("")
    )


@register.simple_tag
def fields(form: forms.BaseForm, *names: str) -> SafeString:
    """Every field of a form (or the named ones), hidden ones included, with the list of errors first."""
    chosen = [bound for bound in form.visible_fields() if not names or bound.name in names]
    return format_html(
        "{}{}{}",
        error_summary(form),
        format_html_join("", "{}", ((bound,) for bound in form.hidden_fields())),
        format_html_join("", "{}", ((field(bound),) for bound in chosen)),
    )


@register.simple_block_tag
def reorder(content: SafeString, label: str, seats: int | None = None) -> SafeString:
    """A list whose order one sets: by dragging, by the buttons, or by the numbers; inside it `{% reorder_item %}`.

    With a `{% reorder_line %}` the field `data-bar` says after how many items the line stands; seats: how many
    there are for those above it, the others being the reserve.
    """
    return tag("ol", content, class_="reorder", data_reorder=True, data_seats=seats, aria_label=label)


@register.simple_tag
def reorder_line(words: str) -> SafeString:
    """The line in an order below which other things hold."""
    return tag("li", words, class_="reorder-line", data_reorder_line=True)


@register.simple_block_tag
def reorder_item(content: SafeString, name: str, order: int | str, label: str) -> SafeString:
    """One thing in the order: its number is the field `name`."""
    return draw("reorder_item", content=content, name=name, order=order, label=label)
