"""What an applicant was told: a rejection with its feedback, or how the reserve moves."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from applications.states import ApplicationState
from mats_portal.web.access import access, reader, signed_in
from mentors.models import Offer
from mentors.referrals.selectors import organisations_to_choose
from mentors.selectors.told import decisions_told_to, reserves_of
from mentors.states import DecisionKind


@access(signed_in)
def own_decision(request: HttpRequest, slug: str) -> HttpResponse:
    """The reader's own answer from this cohort, once it went out; before, there is no such page."""
    found = decisions_told_to(reader(request)).filter(release__cohort__slug=slug).first()
    if found is None:
        raise Http404
    cohort = found.application.cohort
    request.cohort = cohort  # type: ignore[attr-defined]
    has_offer = Offer.objects.seen_by_applicant().filter(application=found.application).exists()
    is_rejection = found.kind == DecisionKind.REJECTION and not has_offer
    submitted = found.application.state == ApplicationState.SUBMITTED
    facts = {
        "decision": found,
        "cohort": cohort,
        "is_reserve": found.kind == DecisionKind.RESERVE,
        "reserves": reserves_of(found) if found.kind == DecisionKind.RESERVE else [],
        "has_offer": has_offer,
        "may_be_referred": is_rejection and submitted and organisations_to_choose(found.application).exists(),
    }
    return render(request, "mentors/decision_told.html", facts)
