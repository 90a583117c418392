"""What several pages need: the cohort, the person's own application, answers to autosave."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from applications.models import Application
from applications.selectors import writing_of
from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.selectors import cohorts_visible_to, own_cohorts
from mats_portal.cohorts.states import CohortRole
from mats_portal.questionnaires.models import AnswerSheet
from mats_portal.web.access import reader


def visible_cohort(request: HttpRequest, slug: str) -> Cohort:
    """The cohort, put on the request for the frame; 404 unless the reader may know of it or has applied to it."""
    reader: Any = request.user
    known = next((cohort for cohort in own_cohorts(reader, *CohortRole) if cohort.slug == slug), None)
    cohort = known or _sought(reader, slug)
    request.cohort = cohort  # type: ignore[attr-defined]
    return cohort


def _sought(reader: Any, slug: str) -> Cohort:
    wanted = Q(pk__in=cohorts_visible_to(reader).values("pk"))
    if reader.is_authenticated:
        wanted |= Q(pk__in=Application.objects.of(reader).values("cohort"))
    return get_object_or_404(Cohort.objects.filter(wanted), slug=slug)


def own_application(request: HttpRequest, slug: str) -> Application:
    """The reader's own application to the cohort, or 404.

    The address is the same for every applicant. So a form says whose page it was typed on, and text typed on the
    page of somebody who was signed in here before is refused (403), lest it become the reader's own.
    """
    own = Application.objects.of(request.user).filter(cohort__slug=slug)
    found = get_object_or_404(own.select_related("cohort", "sheet__version"))
    found.person = reader(request)
    request.cohort = found.cohort  # type: ignore[attr-defined]
    return _written_here(request, found)


def own_writing(request: HttpRequest, slug: str) -> Application:
    """The same with its sheet and little else, for what is saved as it is written."""
    found = writing_of(reader(request), slug)
    if found is None:
        raise Http404
    return _written_here(request, found)


def _written_here(request: HttpRequest, application: Application) -> Application:
    if request.POST.get("application", application.code) != application.code:
        raise PermissionDenied(
            f"Not saved: you are signed in as {application.person} now, and this was written by another."
        )
    return application


def saved(sheet: AnswerSheet | None, sentence: str = "", version: str = "") -> JsonResponse:
    """What autosave is told: when it was saved, and the version to go on from (a sheet has its own)."""
    at = sheet.saved_at if sheet and sheet.saved_at else timezone.now()
    told = {"saved_at": f"{timezone.localtime(at):%H:%M}", "version": sheet.revision if sheet else version}
    return JsonResponse(told | ({"sentence": sentence} if sentence else {}))


def refused(sentence: str, status: HTTPStatus) -> JsonResponse:
    """What autosave is told when nothing was saved."""
    return JsonResponse({"sentence": sentence}, status=status)
