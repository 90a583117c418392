"""Choose streams, best first."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from applications.errors import StreamsChanged
from applications.models import Application
from applications.selectors import draft_of, streams_on_offer, window_of
from applications.services import choose_streams
from applications.views.common import own_application, refused, saved
from mats_portal.web.access import FORM, access, signed_in
from mats_portal.web.errors import Refusal, is_script


@access(signed_in, methods=FORM)
def streams(request: HttpRequest, slug: str) -> HttpResponse:
    """The list of chosen streams in the applicant's order, and the others to add."""
    application = own_application(request, slug)
    if request.method != "POST":
        return _show(request, application)
    seen = request.POST["seen"].split() if "seen" in request.POST else None
    try:
        chosen = choose_streams(application=application, codes=_codes(request.POST), seen=seen, by=request.user)
    except Refusal as refusal:
        status = HTTPStatus.CONFLICT if isinstance(refusal, StreamsChanged) else HTTPStatus.UNPROCESSABLE_ENTITY
        return refused(refusal.sentence, status) if is_script(request) else _show(request, application, refusal, status)
    if is_script(request):
        return saved(None, version=" ".join(choice.stream.code for choice in chosen))
    if "next" not in request.POST:
        return redirect("applications:streams", slug)
    asking = draft_of(application).streams
    if asking:
        return redirect("applications:stream_questions", slug, asking[0].part.slug)
    return redirect("applications:review", slug)


def _show(
    request: HttpRequest,
    application: Application,
    refusal: Refusal | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    draft = draft_of(application)
    context = {
        "draft": draft,
        "window": window_of(application.cohort, request.user),
        "others": streams_on_offer(application.cohort, [choice.stream_id for choice in draft.choices]),
        "limit": application.cohort.max_preferences,
        "refusal": refusal,
    }
    return render(request, "applications/application_streams.html", context, status=status)


def _codes(data: QueryDict) -> list[str]:
    """The streams in the order of the numbers that were typed; the one added comes last, the one taken off is gone."""
    numbered = []
    for place, (name, value) in enumerate(data.items()):
        if name.startswith("order_") and isinstance(value, str):
            number = int(value) if value.isascii() and value.isdigit() and len(value) < 5 else 10_000
            numbered.append((number, place, name.removeprefix("order_")))
    codes = [code for _, _, code in sorted(numbered)]
    codes += [code for code in data.getlist("add") if code not in codes]
    return [code for code in codes if code not in data.getlist("remove")]
