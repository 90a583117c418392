"""From a kind and its facts to a subject and a text."""

import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.template import Context
from django.template.loader import get_template

from mats_portal.outbox.kinds import LetterKind
from mats_portal.web.text import clean_line, clean_text

SUBJECT_LENGTH = 200
_GAPS = re.compile(r"\n{3,}")


def render_letter(kind: LetterKind, facts: Mapping[str, Any], name: str = "") -> tuple[str, str]:
    """Subject (one line, at most 200 characters) and plain text of a letter to somebody called `name`.

    What people typed stays text: nothing in a fact is read as a template or as markup.
    Raises `KeyError` for a fact that the subject needs and did not get.
    """
    subject = clean_line(kind.subject_template.format_map(facts))[:SUBJECT_LENGTH]
    body = _plain(kind.template, {**facts, "site_url": settings.SITE_URL.rstrip("/"), "recipient_name": name})
    frame = {"body": body.strip(), "name": clean_line(name), "because": kind.because, "site_url": settings.SITE_URL}
    return subject, _GAPS.sub("\n\n", clean_text(_plain("letters/frame.txt", frame))).strip() + "\n"


def _plain(template_name: str, facts: Mapping[str, Any]) -> str:
    template: Any = get_template(template_name)
    text: str = template.template.render(Context(dict(facts), autoescape=False))
    return text
