"""The applications table as a file of CSV."""

from __future__ import annotations

from typing import IO, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, Func, OuterRef, TextField, Value, When

from applications.models import ApplicationQuerySet, Preference
from applications.states import ApplicationState, Education, Prerequisite
from mats_portal.web.copying import Inert, Instant, copy_to, labelled, text_of

HEADERS = (
    *("Application", "Name", "E-mail", "Status", "Started", "Submitted", "Streams, best first", "Education"),
    *("Field", "Years", "Hours a week", "Time zone", "AGI Safety Fundamentals", "Already in AI", "Heard of us by"),
)


class _Joined(Func):
    """The texts of an array as one."""

    template = "array_to_string(%(expressions)s, '; ')"
    output_field = TextField()


def write_table(file: IO[bytes], applications: ApplicationQuerySet) -> int:
    """Write the applications, oldest first, in one statement and constant memory; answers how many."""
    ranked = Preference.objects.filter(application=OuterRef("pk")).order_by("rank").values("stream__name")
    already = Case(
        When(is_already_in_field=True, then=Value("yes")),
        When(is_already_in_field=False, then=Value("no")),
        default=Value(""),
    )
    cells: dict[str, Any] = {
        "c0": F("code"),
        "c1": Inert("person__name"),
        "c2": Inert("person__email"),
        "c3": labelled("state", ApplicationState.choices),
        "c4": Instant("started_at"),
        "c5": Instant("submitted_at"),
        "c6": Inert(_Joined(ArraySubquery(ranked))),
        "c7": labelled("education", Education.choices),
        "c8": Inert("field"),
        "c9": text_of("years"),
        "c10": text_of("hours"),
        "c11": Inert("time_zone"),
        "c12": labelled("prerequisite", Prerequisite.choices),
        "c13": already,
        "c14": Inert(_Joined("channels")),
    }
    rows = applications.order_by("started_at", "pk").annotate(**cells).values_list(*cells)
    return copy_to(file, HEADERS, rows)
