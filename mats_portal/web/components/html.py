"""Small helpers with which the components write HTML: always escaped, never a stray attribute."""

from collections.abc import Mapping

from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString


def draw(component: str, /, **facts: object) -> SafeString:
    """The component `templates/components/<component>.html`, drawn with these facts and nothing else."""
    return render_to_string(f"components/{component}.html", facts)


def attributes(facts: Mapping[str, object]) -> SafeString:
    """HTML attributes with a leading space; None and False leave one out, True writes the bare name.

    Underscores become hyphens, a trailing one is dropped: `data_href` is `data-href`, `for_` is `for`.
    """
    kept = {key.rstrip("_").replace("_", "-"): value for key, value in facts.items() if value not in (None, False, "")}
    return flatatt(kept)


def tag(name: str, content: object = "", /, **facts: object) -> SafeString:
    """One element with its escaped content."""
    return format_html("<{}{}>{}</{}>", name, attributes(facts), content, name)


def classes(*names: str) -> str:
    """Class names joined, empty ones left out."""
    return " ".join(name for name in names if name)
