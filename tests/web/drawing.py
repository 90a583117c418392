"""Draw a scrap of template as a page would."""

from html.parser import HTMLParser

from django.template import Context, Template


def draw(source: str, **facts: object) -> str:
    """The HTML of the template with these facts."""
    return Template(source).render(Context(facts))


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def elements(html: str, name: str = "") -> list[dict[str, str | None]]:
    """The attributes of every element of that name, in order."""
    parser = _Elements()
    parser.feed(html)
    return [attrs for tag, attrs in parser.found if not name or tag == name]
