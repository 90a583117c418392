"""What the pages of a cohort have in common: `{% load cohorts %}`."""

from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils.safestring import SafeString, mark_safe

from mats_portal.cohorts.dashboard import tabs_for
from mats_portal.cohorts.models import Cohort
from mats_portal.web.components.layout import tab, tabs

register = template.Library()


@register.simple_tag(takes_context=True)
def cohort_tabs(context: RequestContext, cohort: Cohort) -> SafeString:
    """The tabs of a cohort's staff pages, from all apps, the current one marked; nothing for anybody else."""
    request: Any = context["request"]
    items = tabs_for(request.user, cohort)
    current = max(
        (item for item in items if item.is_current(request.path)), key=lambda item: len(item.url), default=None
    )
    drawn = SafeString("").join(tab(item.label, item.url, current=item is current) for item in items)
    return tabs(mark_safe(drawn), label=cohort.name) if items else SafeString("")  # noqa: S308 - each tab escapes itself
