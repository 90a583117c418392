"""A stream's ranking."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db import transaction
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from mats_portal.cohorts.models import Stream
from mats_portal.cohorts.policies import evaluators_of_some_cohort
from mats_portal.cohorts.selectors import effective_deadline, streams_led_by
from mats_portal.cohorts.states import MilestoneKind
from mats_portal.web.access import FORM, access, require
from mats_portal.web.errors import Refusal
from mentors.errors import StaleRanking
from mentors.forms import PoolForm, RankingForm
from mentors.models import Shortlist
from mentors.policies import can_rank_stream
from mentors.selectors import ranking_rows, standings, streams_ranked_by
from mentors.selectors.floor import current_floor
from mentors.selectors.ranking import RankingRow, Standing
from mentors.selectors.round_scores import calibrated_abilities
from mentors.selectors.standing import displacements, ranked_beside_scores
from mentors.services import finish_ranking, rank_applications
from mentors.views.door import evaluated_cohort

POOL = 50  # How many of those who are not ranked stand on one page.


@access(evaluators_of_some_cohort)
def own_ranking(request: HttpRequest, slug: str) -> HttpResponse:
    """To the ranking of the reader's own stream; of several, the first that is not in."""
    cohort = evaluated_cohort(request, slug)
    own = Stream.objects.filter(cohort=cohort, pk__in=streams_led_by(request.user))
    stream = own.order_by(F("shortlist__finished_at").asc(nulls_first=True), "name").first()
    if stream is None:
        raise Http404
    return redirect("mentors:ranking", slug, stream.code)


@access(evaluators_of_some_cohort, methods=FORM)
def ranking(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Put the stream's applicants in order, set the bar, and say that the ranking is in."""
    cohort = evaluated_cohort(request, slug)
    stream = get_object_or_404(streams_ranked_by(request.user), cohort=cohort, code=code)
    require(can_rank_stream(request.user, stream))
    rows = standings(stream, request.user)
    shortlist = getattr(stream, "shortlist", None)
    places = {row.code: row.rank for row in rows}
    if request.method != "POST":
        initial = {"revision": shortlist.revision if shortlist else 0, "would_take": _above(rows, stream, shortlist)}
        return _show(request, stream, rows, RankingForm(initial=initial, places=places))
    form = RankingForm(request.POST, places=places)
    if not form.is_valid():
        return _show(request, stream, rows, form, status=HTTPStatus.BAD_REQUEST)
    try:
        _save(request, stream, form)
    except StaleRanking as stale:
        return _show_stale(request, stream, form, stale)
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        return _show(request, stream, rows, form, status=HTTPStatus.BAD_REQUEST)
    return redirect("mentors:ranking", slug, code)


def _above(rows: list[Standing], stream: Stream, shortlist: Shortlist | None) -> int:
    """How many are above the bar; twice the seats, for the reserve, in a list that was never saved."""
    if shortlist is None or shortlist.revision == 0:
        return min(2 * stream.seats, len(rows))
    return sum(row.is_acceptable for row in rows)


@transaction.atomic  # A ranking that is refused as finished is not half saved.
def _save(request: HttpRequest, stream: Stream, form: RankingForm) -> None:
    rank_applications(
        stream=stream,
        ordered=form.ordered(),
        would_take=form.cleaned_data["would_take"],
        level=form.level(),
        expected_revision=form.cleaned_data["revision"],
        by=request.user,
    )
    if "finish" in request.POST:
        finish_ranking(stream=stream, by=request.user)
        messages.success(request, "The ranking is in. You can still change it; staff then run the matching again.")
    else:
        messages.success(request, "Saved.")


def _show_stale(request: HttpRequest, stream: Stream, form: RankingForm, stale: StaleRanking) -> HttpResponse:
    data = request.POST.copy()
    data["revision"] = str(stale.revision)
    again = RankingForm(data, places=form.places)
    again.add_error(None, stale.sentence)
    return _show(request, stream, standings(stream, request.user), again, status=HTTPStatus.CONFLICT)


def _pool(request: HttpRequest, rows: list[Standing], search: PoolForm) -> Page[Standing]:
    """A page of those who are not ranked, by name; of a thousand applicants most never are."""
    words = search.cleaned_data["q"].casefold() if search.is_valid() else ""
    found = [row for row in rows if words in row.name.casefold()]
    return Paginator(found, POOL).get_page(request.GET.get("page"))


def _bar(form: RankingForm) -> int:
    """How many are above the bar: as typed, if it is a number, else as saved."""
    value = form.cleaned_data.get("would_take") if form.is_bound else form.initial["would_take"]
    return int(value or 0)


def _told(stream: Stream, person: Any, codes: set[str]) -> dict[str, RankingRow]:
    return {row.application.code: row for row in ranking_rows(stream, person, codes)}


def _show(
    request: HttpRequest,
    stream: Stream,
    rows: list[Standing],
    form: RankingForm,
    *,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    """The page; a list that was sent is shown in the order that was sent."""
    ordered = [row.code for row in rows if row.rank is not None]
    if form.is_bound:
        form.is_valid()
        ordered = form.ordered()
    taken = set(ordered)
    search = PoolForm(request.GET, label_suffix="")
    pool = _pool(request, [row for row in rows if row.code not in taken], search)
    told = _told(stream, request.user, {*ordered, *(row.code for row in pool)})
    shortlist = getattr(stream, "shortlist", None)
    facts = {
        "stream": stream,
        "form": form,
        "total": len(rows),
        "has_nameless": any(row.application.is_nameless for row in told.values()),
        "has_sealed": any(row.is_sealed for row in told.values()),
        "is_mentor": stream.pk in streams_led_by(request.user),
        "others": [told[row.code] for row in pool if row.code in told],
        "pool": pool,
        "search": search,
        "shortlist": shortlist,
        "saved_at": shortlist.saved_at if shortlist else None,
        "due": effective_deadline(stream.cohort, MilestoneKind.RANKINGS_DUE, request.user),
        **_order(request, stream, form, [told[code] for code in ordered if code in told]),
    }
    return render(request, "mentors/ranking_form.html", facts, status=status)


def _order(request: HttpRequest, stream: Stream, form: RankingForm, rows: list[RankingRow]) -> dict[str, Any]:
    """The ranked applicants with the bar, the tiers, the seats and the floor."""
    free, floor = max(stream.seats - stream.seats_taken, 0), current_floor(stream.cohort)
    level = form.level() if form.is_bound else [row.application.code for row in rows if row.is_level]
    ranked = ranked_beside_scores(
        rows,
        would_take=_bar(form),
        level=level,
        seats=free,
        floor=floor,
        abilities=calibrated_abilities(request.user, stream.cohort) if rows else {},
    )
    return {
        "ranked": ranked,
        "wanted": [one.row for one in ranked if one.row.is_wanted_elsewhere],
        "free": free,
        "would_take": _bar(form),
        "floor": floor,
        "displacements": displacements(ranked, free),
    }
