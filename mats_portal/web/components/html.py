"""Small helpers with which the components write HTML: always escaped, never a stray attribute.

A long list calls `tag` hundreds of times, so it joins strings itself: `format_html` and
`flatatt` do the same at four times the price.
"""

import html
from collections.abc import Mapping

from django.template.loader import render_to_string
from django.utils.safestring import SafeString


def draw(component: str, /, **facts: object) -> SafeString:
    """The component `templates/components/<component>.html`, drawn with these facts and nothing else."""
    return render_to_string(f"components/{component}.html", facts)


def attributes(facts: Mapping[str, object]) -> SafeString:
    """HTML attributes with a leading space; None and False leave one out, True writes the bare name.

    Underscores become hyphens, a trailing one is dropped: `data_href` is `data-href`, `for_` is `for`.
    """
    drawn = sorted(
        f" {name}" if value is True else f' {name}="{_escaped(value)}"'
        for name, value in ((key.rstrip("_").replace("_", "-"), value) for key, value in facts.items())
        if value not in (None, False, "")
    )
    return SafeString("".join(drawn))


def tag(name: str, content: object = "", /, **facts: object) -> SafeString:
    """One element with its escaped content."""
    return SafeString(f"<{name}{attributes(facts)}>{_escaped(content)}</{name}>")


def _escaped(content: object) -> str:
    """The content as HTML; what says that it is HTML already (`__html__`) stays as it is."""
    ready = getattr(content, "__html__", None)
    return ready() if ready is not None else html.escape(str(content))


def classes(*names: str) -> str:
    """Class names joined, empty ones left out."""
    return " ".join(name for name in names if name)
