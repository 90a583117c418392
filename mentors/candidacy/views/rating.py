"""What an expert was asked to rate, one candidacy with its rating, and a declared tie."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.policies import evaluators_of_some_cohort
from mats_portal.web.access import FORM, access, require
from mats_portal.web.errors import Refusal
from mentors.candidacy.forms import DecisionForm, RatingForm, TieForm
from mentors.candidacy.models import Candidacy, Rating
from mentors.candidacy.policies import can_decide_candidacies, can_rate_candidacy
from mentors.candidacy.selectors import candidacies_visible_to, opinion_of, ratings_owed, ratings_visible_to
from mentors.candidacy.services import declare_tie, rate_candidacy
from mentors.candidacy.states import CandidacyState
from mentors.candidacy.views.door import rated_cohort
from mentors.states import ConflictKind


@access(evaluators_of_some_cohort)
def rate(request: HttpRequest, slug: str) -> HttpResponse:
    """The candidacies that the reader was asked about; those not rated first."""
    cohort = rated_cohort(request, slug)
    asked = Rating.objects.of(request.user).filter(
        candidacy__in=candidacies_visible_to(request.user).in_cohort(cohort).values("pk")
    )
    rows = list(asked.select_related("candidacy__person", "candidacy__track", "candidacy__cohort"))
    rows.sort(key=lambda row: row.rated_at is not None)
    left = sum(row.rated_at is None and row.candidacy.state == CandidacyState.SENT for row in rows)
    return render(request, "candidacy/rating_list.html", {"cohort": cohort, "rows": rows, "left": left})


def found_candidacy(request: HttpRequest, cohort: Cohort, code: str) -> Candidacy:
    """The candidacy of that code in the cohort, if the reader may see it; else 404."""
    visible = candidacies_visible_to(request.user).in_cohort(cohort)
    rows = visible.select_related("person", "track", "cohort", "stream").prefetch_related("co_mentors")
    return get_object_or_404(rows, code=code)


@access(evaluators_of_some_cohort, methods=FORM)
def candidacy(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One candidacy to read and, for whoever was asked, to rate; staff write down a decision."""
    cohort = rated_cohort(request, slug)
    found = found_candidacy(request, cohort, code)
    own = Rating.objects.of(request.user).filter(candidacy=found).first()
    form = RatingForm(request.POST or None, initial=_initial(own))
    if request.method == "POST":
        require(can_rate_candidacy(request.user, found))
        if form.is_valid() and _rated(request, found, form):
            return _go_on(request, cohort)
    return show(request, found, rating_form=form)


def _initial(own: Rating | None) -> dict[str, Any]:
    return {"value": own.value, "seats": own.seats, "comment": own.comment} if own else {}


def _rated(request: HttpRequest, found: Candidacy, form: RatingForm) -> bool:
    try:
        rate_candidacy(candidacy=found, by=request.user, **form.cleaned_data)
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        return False
    return True


def _go_on(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    left = ratings_owed(request.user).filter(candidacy__cohort=cohort).select_related("candidacy")
    following = left.first()
    if following is None:
        messages.success(request, "Your rating is in. That was the last one, thank you.")
        return redirect("candidacy:rate", cohort.slug)
    messages.success(request, f"Your rating is in. {left.count()} left.")
    return redirect("candidacy:candidacy", cohort.slug, following.candidacy.code)


def show(
    request: HttpRequest, found: Candidacy, *, rating_form: RatingForm, decision_form: DecisionForm | None = None
) -> HttpResponse:
    """The page of one candidacy; ratings stay hidden until the reader's own is in."""
    shown = list(ratings_visible_to(request.user).filter(candidacy=found).select_related("expert"))
    decides = can_decide_candidacies(request.user, found.cohort).allowed
    initial = {"seats": found.seats_given, "stream_name": found.stream_name, "word": found.word}
    context = {
        "candidacy": found,
        "rating_form": rating_form,
        "may_rate": can_rate_candidacy(request.user, found).allowed,
        "given": [one for one in shown if one.rated_at],
        "owes": any(one.expert_id == request.user.pk and one.rated_at is None for one in shown),
        "opinion": opinion_of(shown, found.ratings.count()),
        "decides": decides,
        "decision_form": (decision_form or DecisionForm(initial=initial, label_suffix="")) if decides else None,
    }
    return render(request, "candidacy/candidacy_detail.html", context)


@access(evaluators_of_some_cohort, methods=FORM)
def tie(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Declare a tie with the candidate; asks first, because the candidacy vanishes."""
    cohort = rated_cohort(request, slug)
    found = found_candidacy(request, cohort, code)
    form = TieForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        declare_tie(candidacy=found, kind=ConflictKind(form.cleaned_data["kind"]), by=request.user)
        messages.success(request, "Noted. You will not see this candidacy again.")
        return redirect("candidacy:rate", slug)
    return render(request, "candidacy/candidacy_tie.html", {"candidacy": found, "form": form})
