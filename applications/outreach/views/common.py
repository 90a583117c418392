"""What several pages need: the cohort, and the channel by which a visitor came."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from applications.outreach.models import Channel
from applications.outreach.selectors import came_by
from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.policies import can_run_cohort
from mats_portal.cohorts.selectors import cohorts_visible_to
from mats_portal.web.access import require


def visible_cohort(request: HttpRequest, slug: str) -> Cohort:
    """The cohort, put on the request for the frame; 404 unless the reader may know of it."""
    cohort = get_object_or_404(cohorts_visible_to(request.user), slug=slug)
    request.cohort = cohort  # type: ignore[attr-defined]
    return cohort


def run_cohort(request: HttpRequest, slug: str) -> Cohort:
    """The same for those who run it; 403 for others."""
    cohort = visible_cohort(request, slug)
    require(can_run_cohort(request.user, cohort))
    return cohort


def remembered_channel(request: HttpRequest, cohort: Cohort) -> Channel | None:
    """The channel of the link by which this visitor came to the cohort, if they came by one."""
    return came_by(request.session, cohort)
