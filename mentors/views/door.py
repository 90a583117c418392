"""Which cohort a page is about, for whom it is there at all."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.selectors import cohorts_run_by
from mentors.selectors.reviewing import cohorts_evaluated_by


def run_cohort(request: HttpRequest, slug: str) -> Cohort:
    """The cohort, for its programme staff; 404 for anybody else."""
    return _put(request, get_object_or_404(cohorts_run_by(request.user), slug=slug))


def evaluated_cohort(request: HttpRequest, slug: str) -> Cohort:
    """The cohort, for whoever evaluates in it; 404 for anybody else."""
    return _put(request, get_object_or_404(Cohort, pk__in=cohorts_evaluated_by(request.user), slug=slug))


def _put(request: HttpRequest, cohort: Cohort) -> Cohort:
    request.cohort = cohort  # type: ignore[attr-defined]
    return cohort
