"""Choose streams, best first."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from applications.models import Application
from applications.selectors import draft_of, streams_on_offer, window_of
from applications.services import choose_streams
from applications.views.common import is_autosave, own_application, refused, saved
from mats_portal.web.access import FORM, access, signed_in
from mats_portal.web.errors import Refusal


@access(signed_in, methods=FORM)
def streams(request: HttpRequest, slug: str) -> HttpResponse:
    """The list of chosen streams in the applicant's order, and the others to add."""
    application = own_application(request, slug)
    window = window_of(application.cohort, request.user)
    if request.method == "POST":
        try:
            choose_streams(application=application, codes=_codes(request.POST, application), by=request.user)
        except Refusal as refusal:
            if is_autosave(request):
                return refused(refusal.sentence, HTTPStatus.UNPROCESSABLE_ENTITY)
            messages.error(request, refusal.sentence)
            return redirect("applications:streams", slug)
        if is_autosave(request):
            return saved(None)
        if "next" not in request.POST:
            return redirect("applications:streams", slug)
        draft = draft_of(application)
        if draft.streams:
            return redirect("applications:stream_questions", slug, draft.streams[0].part.slug)
        return redirect("applications:review", slug)
    draft = draft_of(application)
    context = {
        "draft": draft,
        "window": window,
        "others": streams_on_offer(application.cohort, [choice.stream_id for choice in draft.choices]),
        "limit": application.cohort.max_preferences,
    }
    return render(request, "applications/application_streams.html", context)


def _codes(data: QueryDict, application: Application) -> list[str]:
    """The streams in the order of the numbers that were typed; the one added comes last, the one taken off is gone."""
    numbered = []
    for place, (name, value) in enumerate(data.items()):
        if name.startswith("order_") and isinstance(value, str):
            number = int(value) if value.isascii() and value.isdigit() and len(value) < 5 else 10_000
            numbered.append((number, place, name.removeprefix("order_")))
    codes = [code for _, _, code in sorted(numbered)]
    codes += [code for code in data.getlist("add") if code not in codes]
    return [code for code in codes if code not in data.getlist("remove")]
