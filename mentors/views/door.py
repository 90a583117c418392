"""Which cohort a page is about, for whom it is there at all."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from applications.models import Application
from applications.selectors import with_names
from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.selectors import own_cohorts
from mats_portal.cohorts.states import CohortRole
from mentors.selectors.reviewing import EVALUATORS, assessable_by


def run_cohort(request: HttpRequest, slug: str) -> Cohort:
    """The cohort, for its programme staff; 404 for anybody else."""
    return _own(request, slug, CohortRole.STAFF)


def evaluated_cohort(request: HttpRequest, slug: str) -> Cohort:
    """The cohort, for whoever evaluates in it; 404 for anybody else."""
    return _own(request, slug, *EVALUATORS)


def assessable_application(request: HttpRequest, cohort: Cohort, code: str) -> Application:
    """The application of that code, for whoever is to review it, or may as a mentor of a chosen stream; else 404."""
    found = with_names(assessable_by(request.user), request.user).select_related("cohort").defer("search")
    application: Application = get_object_or_404(found, cohort=cohort, code=code)
    return application


def _own(request: HttpRequest, slug: str, *roles: CohortRole) -> Cohort:
    """One of the reader's own cohorts, which the menu has asked for anyway; put on the request for the frame."""
    found = next((cohort for cohort in own_cohorts(request.user, *roles) if cohort.slug == slug), None)
    if found is None:
        raise Http404
    request.cohort = found  # type: ignore[attr-defined]
    return found
