"""How the builder tells the rules of a question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from mats_portal.questionnaires.specs import QuestionSpec
from mats_portal.questionnaires.states import Audience, Retention

register = template.Library()


@register.filter
def rules_of(spec: QuestionSpec) -> str:
    """The kind and the limits in one line."""
    said = [str(spec.kind.label)]
    said += [f"{len(spec.rows)} lines"] if spec.rows else []
    said += [f"{len(spec.options)} options"] if spec.options else []
    said += [f"at most {spec.max_words:,} words"] if spec.max_words else []
    said += [f"at most {spec.max_characters:,} characters"] if spec.max_characters else []
    said += [f"at most {spec.max_megabytes} MB"] if spec.max_megabytes else []
    said += ["Markdown"] if spec.is_markdown else []
    said += [] if spec.is_required else ["optional"]
    said += ["sensitive"] if spec.is_sensitive else []
    said += [f"seen by {spec.audience.label}"] if spec.audience == Audience.STAFF else []
    said += [f"kept {spec.retention.label}"] if spec.retention == Retention.UNSUCCESSFUL else []
    return " · ".join(said)


@register.filter
def of(found: Mapping[Any, Any], key: Any) -> Any:
    """What a mapping holds for a key; "" when it holds nothing."""
    return found.get(key, "") if found else ""
