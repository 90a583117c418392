"""The motivation floor: set it, see who falls under it, and who set it before."""

from __future__ import annotations

from decimal import Decimal
from http import HTTPStatus
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from mats_portal.cohorts.policies import staff_of_some_cohort
from mats_portal.web.access import FORM, access, require
from mats_portal.web.errors import Refusal
from mentors.matching_forms import FloorForm
from mentors.policies import can_offer
from mentors.selectors.floor import current_floor, floors_of, who_falls_under
from mentors.services import set_motivation_floor
from mentors.views.door import run_cohort

PAGE = 50


@access(staff_of_some_cohort, methods=FORM)
def floor(request: HttpRequest, slug: str) -> HttpResponse:
    """The floor, a look at another one (`?points=`), and the log."""
    cohort = run_cohort(request, slug)
    now = current_floor(cohort)
    tried = _tried(request)
    form = FloorForm(request.POST or None, initial={"points": tried if tried is not None else now}, label_suffix="")
    status = HTTPStatus.OK
    if request.method == "POST":
        require(can_offer(request.user, cohort))
        if form.is_valid():
            try:
                set_motivation_floor(cohort=cohort, by=request.user, **form.cleaned_data)
                messages.success(request, "The floor is set. Rankings and rounds now show who is under it.")
                return redirect("mentors:floor", slug)
            except Refusal as refusal:
                form.add_error(None, refusal.sentence)
        status = HTTPStatus.BAD_REQUEST
    shown = tried if tried is not None else now
    under = Paginator(who_falls_under(cohort, shown, now, request.user), PAGE).get_page(request.GET.get("page"))
    facts = {
        "cohort": cohort,
        "form": form,
        "now": now,
        "shown": shown,
        "is_tried": tried is not None and tried != now,
        "under": under,
        "words": f"{under.start_index()}–{under.end_index()} of {under.paginator.count:,}",
        "look": FloorForm(initial={"points": shown}, label_suffix="", auto_id="look_%s"),
        "before": _address(shown, under.previous_page_number()) if under.has_previous() else "",
        "after": _address(shown, under.next_page_number()) if under.has_next() else "",
        "log": floors_of(cohort),
    }
    return render(request, "mentors/floor.html", facts, status=status)


def _address(points: Decimal | None, page: int) -> str:
    """Another page of those under the floor that is shown."""
    return "?" + urlencode({"points": points, "page": page})


def _tried(request: HttpRequest) -> Decimal | None:
    """Another floor to look at, before it is set."""
    form = FloorForm({"points": request.GET.get("points", ""), "reason": "to look at it"})
    return form.cleaned_data["points"] if form.is_valid() else None
