"""The list that pages are compared with, a bare COPY for each download, a bare UPDATE for saves."""

import tempfile

from django.db import connection
from django.db.models.functions import Now
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from bench.yardstick.models import Row


def rows(request: HttpRequest) -> HttpResponse:
    """Fifty rows of seven cells, for somebody who has signed in."""
    name = request.user.get_username()
    found = Row.objects.order_by("-id").values("name", "place", "word", "number", "score", "at", "is_good")[:50]
    return render(request, "rows.html", {"name": name, "rows": found})


COPY = """
COPY (SELECT a.code, p.name, p.email, a.state, a.started_at, a.submitted_at,
             ARRAY(SELECT s.name FROM public.applications_preference f
                   JOIN public.cohorts_stream s ON s.id = f.stream_id WHERE f.application_id = a.id ORDER BY f.rank),
             a.education, a.field, a.years, a.hours, a.time_zone, a.prerequisite, a.is_already_in_field, a.channels
      FROM public.applications_application a JOIN public.people_person p ON p.id = a.person_id
      WHERE a.cohort_id = %s ORDER BY a.started_at, a.id) TO STDOUT WITH (FORMAT csv)
"""


REVIEWS = """
COPY (SELECT a.code, p.name, r.name, s.name, h.ability, h.motivation, h.comment, v.number, h.finished_at
      FROM public.mentors_assessment m JOIN public.applications_application a ON a.id = m.application_id
      JOIN public.people_person p ON p.id = a.person_id JOIN public.people_person r ON r.id = m.reviewer_id
      JOIN public.mentors_assignment g ON g.id = m.assignment_id
      LEFT JOIN public.cohorts_stream s ON s.id = g.stream_id
      JOIN public.rubrics_scoresheet h ON h.id = m.sheet_id JOIN public.rubrics_rubricversion v ON v.id = h.version_id
      WHERE a.cohort_id = %s ORDER BY a.code, h.finished_at, m.id) TO STDOUT WITH (FORMAT csv)
"""


def copied(request: HttpRequest, cohort: int, statement: str = COPY) -> FileResponse:
    """The rows of a cohort as the database writes them, for somebody who has signed in."""
    request.user.get_username()
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    with connection.cursor() as cursor:
        cursor.copy_expert(cursor.mogrify(statement, [cohort]).decode(), file)
    file.seek(0)
    return FileResponse(file, content_type="text/csv")


@csrf_exempt
def update(request: HttpRequest) -> JsonResponse:
    """One row changed, for somebody who has signed in; as little as a save can be."""
    request.user.get_username()
    number = Row.objects.filter(pk=1).update(name=request.POST["name"], at=Now())
    return JsonResponse({"saved": number})


urlpatterns = [path("", rows), path("copy/<int:cohort>/", copied), path("update/", update)]
urlpatterns.append(path("copy-reviews/<int:cohort>/", copied, {"statement": REVIEWS}))
