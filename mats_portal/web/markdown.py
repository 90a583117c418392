"""Markdown as people write it, made HTML that can do no harm: no scripts, no pictures, no addresses but links."""

from __future__ import annotations

import nh3
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "code", "pre", "h3", "h4", "a", "hr"}
_HEADINGS = {"h1": "h3", "h2": "h3", "h3": "h4", "h4": "h4", "h5": "h4", "h6": "h4"}
_READER = MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": 20}).disable("image")


def markdown(text: str) -> SafeString:
    """HTML of the text, safe to put on a page: CommonMark, single line ends kept, headings below those of the page."""
    tokens = _READER.parse(text)
    for token in tokens:
        token.tag = _HEADINGS.get(token.tag, token.tag)
    html = _READER.renderer.render(tokens, _READER.options, {})
    return SafeString(
        nh3.clean(
            html,
            tags=TAGS,
            attributes={"a": {"href"}},
            url_schemes={"http", "https", "mailto"},
            link_rel="noopener noreferrer nofollow",
        )
    )
