"""Which cohort a page is about, for whom it is there at all."""

from django.http import Http404, HttpRequest

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.selectors import own_cohorts
from mats_portal.cohorts.states import CohortRole
from mentors.candidacy.selectors import EXPERTS


def run_cohort(request: HttpRequest, slug: str) -> Cohort:
    """The cohort, for its programme staff; 404 for anybody else."""
    return _own(request, slug, CohortRole.STAFF)


def rated_cohort(request: HttpRequest, slug: str) -> Cohort:
    """The cohort, for whoever can be asked about its candidacies; 404 for anybody else."""
    return _own(request, slug, *EXPERTS)


def _own(request: HttpRequest, slug: str, *roles: CohortRole) -> Cohort:
    found = next((cohort for cohort in own_cohorts(request.user, *roles) if cohort.slug == slug), None)
    if found is None:
        raise Http404
    request.cohort = found  # type: ignore[attr-defined]
    return found
