"""One field of a form: label, help, control, count, error; for every control that Django has."""

from collections.abc import Mapping

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from .html import draw

register = template.Library()

_CHOICES = (forms.RadioSelect, forms.CheckboxSelectMultiple)


def kind_of(bound: BoundField) -> str:
    """Which of the ways to lay a field out fits its control: choices, check, file, group, or text."""
    widget = bound.field.widget
    if isinstance(widget, _CHOICES):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.FileInput):
        return "file"
    return "group" if widget.use_fieldset else "text"


@register.simple_tag
def field(
    bound: BoundField,
    label: str = "",
    hint: str = "",
    note: str = "",
    seen_by: str = "",
    words: int | None = None,
    characters: int | None = None,
    **attrs: str | bool,
) -> SafeString:
    """A field with everything round it. `words` and `characters` show a count against each limit.

    The limits are also read from the form field (`word_limit`, `character_limit`). More are attributes of the control.
    """
    if bound.is_hidden:
        return SafeString(bound)
    words = words or getattr(bound.field, "word_limit", None)
    characters = characters or getattr(bound.field, "character_limit", None)
    given = {key.replace("_", "-"): value for key, value in attrs.items()}
    limits = {unit: limit for unit, limit in (("words", words), ("characters", characters)) if limit}
    if limits:
        given |= {"data-count": " ".join(limits), "data-limit": " ".join(map(str, limits.values()))}
    ids = [bound.aria_describedby or ""]
    if hint and not bound.help_text:
        ids.append(f"{bound.auto_id}_helptext")
    if limits:
        ids.append(f"{bound.auto_id}_count")
    if described := " ".join(filter(None, ids)):
        given["aria-describedby"] = described
    kind = kind_of(bound)
    if kind == "group":
        given["aria-label"] = label or str(bound.label)
    return draw(
        "field",
        field=bound,
        kind=kind,
        control=bound.as_widget(attrs=given),
        label=label or bound.label,
        help=hint or bound.help_text,
        note=note or ("" if bound.field.required or kind == "check" else "optional"),
        seen_by=seen_by,
        limits=" and ".join(f"{limit:,} {unit}" for unit, limit in limits.items()),
        described=described,
    )


@register.simple_tag
def rating(
    bound: BoundField, anchors: Mapping[object, str] | None = None, label: str = "", hint: str = "", note: str = ""
) -> SafeString:
    """A criterion's scale as joined buttons; the chosen one's anchor text stands below. Not scored is not zero.

    `anchors` (or the form field's `anchors`) say what each value means.
    """
    told = {str(key): text for key, text in (anchors or getattr(bound.field, "anchors", None) or {}).items()}
    chosen = str(bound.value()) if bound.value() not in (None, "") else ""
    options = [
        {
            "value": str(value),
            "label": text,
            "anchor": told.get(str(value), ""),
            "id": f"{bound.auto_id}_{i}",
            "checked": str(value) == chosen,
        }
        for i, (value, text) in enumerate(getattr(bound.field, "choices", ()))
        if value not in (None, "")
    ]
    return draw(
        "rating", field=bound, options=options, label=label or bound.label, help=hint or bound.help_text, note=note
    )
