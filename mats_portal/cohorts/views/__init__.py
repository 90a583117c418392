"""The public page of a cohort, and the pages that set it up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.selectors import cohorts_visible_to, own_cohorts
from mats_portal.cohorts.states import CohortRole
from mats_portal.web.access import Decision, require


def cohort_for(request: HttpRequest, slug: str, policy: Callable[[Any, Cohort], Decision]) -> Cohort:
    """The cohort, put on the request for the frame; 404 if this person may not know of it, 403 by the policy."""
    own = (one for one in own_cohorts(request.user, *CohortRole) if one.slug == slug)
    cohort = next(own, None) or get_object_or_404(cohorts_visible_to(request.user), slug=slug)
    require(policy(request.user, cohort))
    request.cohort = cohort  # type: ignore[attr-defined]
    return cohort
