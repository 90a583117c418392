"""What support sees of a cohort: the queue and the one figure."""

from datetime import datetime, time, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from scholars.support.figures import THRESHOLD, figures
from scholars.support.selectors import asked_in_finished_months, queue_of
from scholars.support.states import RequestKind
from scholars.support.views.door import Request, behind_the_door, supported_cohort


@behind_the_door()
def queue(request: Request, slug: str) -> HttpResponse:
    """Who asked, how long ago; today's meetings; whom to ask again."""
    cohort = supported_cohort(request.user, slug)
    today = timezone.localdate()
    midnight = datetime.combine(today + timedelta(days=1), time.min, tzinfo=timezone.get_current_timezone())
    found = queue_of(request.user, slug, today=today, day_ends=midnight)
    return render(request, "support/request_list.html", {"cohort": cohort, "queue": found})


@behind_the_door()
def figure(request: Request, slug: str) -> HttpResponse:
    """Finished months by kind, small cells hidden."""
    cohort = supported_cohort(request.user, slug)
    rows = figures(asked_in_finished_months(slug), [str(kind) for kind in RequestKind])
    kinds = [kind.label.split(":")[0] for kind in RequestKind]
    return render(
        request, "support/figures.html", {"cohort": cohort, "rows": rows, "kinds": kinds, "threshold": THRESHOLD}
    )
