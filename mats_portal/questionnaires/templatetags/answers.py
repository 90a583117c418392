"""How answers are shown: `asked` is a question with its answer, as in `reading.as_asked`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString

from mats_portal.questionnaires.checks import is_link
from mats_portal.questionnaires.reading import lines_of
from mats_portal.questionnaires.states import QuestionKind
from mats_portal.web.markdown import markdown
from mats_portal.web.text import counted

register = template.Library()
LISTED = (QuestionKind.MATRIX, QuestionKind.RANKED)


@register.filter
def written(asked: Mapping[str, Any]) -> SafeString:
    """The answer to be read: paragraphs, Markdown where it was asked for, or a list; "" when there is none."""
    if asked["kind"] in LISTED:
        lines = ((line,) for line in lines_of(asked))
        return (
            format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", lines)) if asked["choices"] else _nothing()
        )
    text = ", ".join(lines_of(asked))
    if asked.get("is_markdown"):
        return markdown(text)
    return SafeString(linebreaks(text, autoescape=True)) if text else _nothing()


@register.filter
def in_line(asked: Mapping[str, Any]) -> str:
    """The answer on one line; an address of the web and a file are links, and a point of a scale has its anchor."""
    text = ", ".join(lines_of(asked))
    if (file := asked.get("file")) and (url := asked.get("url")):
        return format_html('<a href="{}">{}</a>, {}', url, text, counted(file["pages"], "page", "pages"))
    if asked["kind"] == QuestionKind.URL and is_link(text):
        return format_html('<a href="{}" rel="noopener noreferrer nofollow">{}</a>', text, text)
    if asked["kind"] == QuestionKind.SCALE and text and (anchor := asked.get("anchor")):
        return f"{text} ({anchor})"
    return text


def _nothing() -> SafeString:
    return SafeString("")
