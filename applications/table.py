"""The table of all applications to a cohort: filters that live in the address, a search, one count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, OuterRef, Q, QuerySet

from applications.models import Application, ApplicationQuerySet, Preference
from applications.selectors.references import missing_references
from applications.snapshot import folded
from applications.states import ApplicationState, Education
from mats_portal.cohorts.models import Cohort, Stream

MOST_WORDS = 8
DEFINITION = (
    "One application per person and cohort. “Submitted” counts applications that are submitted now; "
    "withdrawn ones are not in it. “Started” counts every application, drafts and withdrawn ones included."
)
_WORD = re.compile(r"\w+")


class ApplicationFilters(forms.Form):
    """Search words, and what to narrow the table by. What the address holds beyond that is ignored."""

    q = forms.CharField(required=False, max_length=200, label="Search names, addresses, answers")
    state = forms.MultipleChoiceField(required=False, label="Status", choices=ApplicationState.choices)
    stream = forms.MultipleChoiceField(required=False, label="Stream")
    education = forms.MultipleChoiceField(required=False, label="Education", choices=Education.choices)
    references = forms.MultipleChoiceField(
        required=False, label="References", choices=[("missing", "Reference missing")]
    )
    channel = forms.CharField(required=False, max_length=100, label="Heard of us by")

    def __init__(self, *args: Any, streams: list[Stream], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"label_suffix": ""})
        self.fields["stream"].choices = [(stream.code, stream.name) for stream in streams]  # type: ignore[attr-defined]
        self.fields["q"].widget.attrs |= {"type": "search", "placeholder": "Search names, addresses, answers"}
        for name in ("state", "stream", "education", "references"):
            self.fields[name].widget = forms.CheckboxSelectMultiple(choices=self.fields[name].choices)  # type: ignore[attr-defined]

    def narrow(self, applications: ApplicationQuerySet) -> ApplicationQuerySet:
        """The applications that fit. A value that cannot be is left out of account."""
        self.is_valid()
        wanted: dict[str, Any] = self.cleaned_data
        if query := search_query(wanted.get("q", "")):
            applications = applications.filter(search=query)
        if wanted.get("state"):
            applications = applications.filter(state__in=wanted["state"])
        if wanted.get("stream"):
            chosen = Preference.objects.filter(stream__code__in=wanted["stream"]).values("application")
            applications = applications.filter(pk__in=chosen)
        if wanted.get("education"):
            applications = applications.filter(education__in=wanted["education"])
        if wanted.get("references"):
            applications = applications.submitted().filter(missing_references())
        if wanted.get("channel"):
            applications = applications.filter(channels__contains=[wanted["channel"]])
        return applications


def search_query(text: str) -> SearchQuery | None:
    """Every word has to occur, as the beginning of a word; None when there is no word."""
    words = _WORD.findall(folded(text))[:MOST_WORDS]
    raw = " & ".join(f"'{word}':*" for word in words)
    return SearchQuery(raw, config="simple", search_type="raw") if words else None


def with_streams(applications: QuerySet[Application]) -> QuerySet[Application]:
    """Each application with its person, `is_reference_missing`, and its submitted streams' keys, best first."""
    ranked = Preference.objects.filter(application=OuterRef("pk")).order_by("rank").values("stream_id")
    facts = {"stream_ids": ArraySubquery(ranked), "is_reference_missing": missing_references()}
    return applications.select_related("person").annotate(**facts).defer("search")


def counts_of(cohort: Cohort) -> dict[str, int]:
    """The canonical counts of the cohort: submitted now, withdrawn, started."""
    return Application.objects.in_cohort(cohort).aggregate(
        submitted=Count("pk", filter=Q(state=ApplicationState.SUBMITTED)),
        withdrawn=Count("pk", filter=Q(state=ApplicationState.WITHDRAWN)),
        started=Count("pk"),
    )


HEADERS = (
    *("Application", "Name", "E-mail", "Status", "Started", "Submitted", "Streams, best first", "Education"),
    *("Field", "Years", "Hours a week", "Time zone", "AGI Safety Fundamentals", "Already in AI", "Heard of us by"),
)


def export_rows(applications: QuerySet[Application], streams: dict[int, Stream]) -> Iterator[list[Any]]:
    """The rows of the downloaded table, read through a cursor of the database, oldest first."""
    answers = {True: "yes", False: "no", None: ""}
    for one in applications.order_by("started_at", "pk").iterator(chunk_size=500):
        names = "; ".join(streams[key].name for key in one.stream_ids)  # type: ignore[attr-defined]
        yield [
            *(one.code, one.person.name, one.person.email, one.get_state_display()),
            *(one.started_at.isoformat(), one.submitted_at.isoformat() if one.submitted_at else ""),
            *(names, one.get_education_display() or "", one.field, one.years, one.hours, one.time_zone),
            *(one.get_prerequisite_display(), answers[one.is_already_in_field], "; ".join(one.channels)),
        ]
