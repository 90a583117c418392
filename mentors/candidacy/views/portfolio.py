"""The portfolio of agendas."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mats_portal.cohorts.policies import staff_of_some_cohort
from mats_portal.web.access import access
from mats_portal.web.components.charts import Bar
from mentors.candidacy.portfolio import portfolio_of
from mentors.candidacy.views.door import run_cohort


@access(staff_of_some_cohort)
def portfolio(request: HttpRequest, slug: str) -> HttpResponse:
    """Seats and demand by track, agenda and viewpoint."""
    cohort = run_cohort(request, slug)
    found = portfolio_of(cohort)
    bars = [Bar(line.name, line.seats, note=f"{line.applicants:,} applicants") for line in found.agendas if line.seats]
    return render(request, "candidacy/portfolio.html", {"cohort": cohort, "portfolio": found, "bars": bars})
