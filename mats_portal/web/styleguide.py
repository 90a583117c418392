"""The style guide: every component in all its states, on invented data. It asks nothing of the database."""

import datetime as dt
from dataclasses import dataclass

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from mats_portal.web.access import access, everyone
from mats_portal.web.components.charts import Bar
from mats_portal.web.components.courses import Course, Mark, Tick
from mats_portal.web.components.moments import PathStep

PARTS = {
    "page": "A page",
    "actions": "Acting",
    "forms": "Forms",
    "lists": "Lists",
    "words": "Saying",
    "time": "Time",
    "numbers": "Numbers",
}
ANCHORS = {
    1: "would need teaching in the basics",
    2: "has followed a course",
    3: "has done part of such work with help",
    4: "has carried a comparable piece of work to the end alone",
    5: "others build on what they have done",
}
STREAMS = ("Interp A", "Oversight B", "Agent fnd", "Evals A", "Control", "Coop AI", "Interp B", "Governance")


@dataclass(frozen=True)
class Invented:
    """A row of the example list."""

    name: str
    background: str
    streams: tuple["Stream", ...]
    state: str
    tone: str
    reviews: int
    estimate: float
    doubt: float


@dataclass(frozen=True)
class Stream:
    """A stream as the marks need it."""

    name: str
    hue: int


class ExampleForm(forms.Form):
    """One field for each control that Django has."""

    name = forms.CharField(label="Your name", help_text="As you would like to be called.")
    email = forms.EmailField(label="E-mail address", required=False)
    why = forms.CharField(
        label="What would change your mind about this agenda?",
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Name an observation, not a feeling.",
    )
    education = forms.ChoiceField(label="Education", choices=[("", "Choose one"), ("phd", "PhD"), ("ms", "Master's")])
    work = forms.ChoiceField(
        label="Where would you work?", widget=forms.RadioSelect, choices=[("b", "In Berkeley"), ("l", "In London")]
    )
    channels = forms.MultipleChoiceField(
        label="How did you hear about us?",
        widget=forms.CheckboxSelectMultiple,
        choices=[("Online", [("80k", "80,000 Hours"), ("lw", "LessWrong")]), ("People", [("fr", "A friend")])],
    )
    fields_known = forms.MultipleChoiceField(
        label="Fields", choices=[("m", "Mathematics"), ("p", "Physics"), ("c", "Computer science")], required=False
    )
    starts = forms.SplitDateTimeField(
        label="Earliest start",
        required=False,
        widget=forms.SplitDateTimeWidget(date_attrs={"type": "date"}, time_attrs={"type": "time"}),
    )
    years = forms.IntegerField(label="Years of research", required=False, min_value=0)
    paper = forms.FileField(label="A paper of yours", required=False, help_text="PDF, at most 5 MB.")
    agree = forms.BooleanField(label="My answers may be read by the mentors of the streams I chose")


class ExampleScores(forms.Form):
    """Three criteria: one scored, two not yet."""

    technical = forms.TypedChoiceField(
        label="Technical ability", help_text="Can do the research this stream needs.", choices=[(i, i) for i in ANCHORS]
    )
    hard = forms.TypedChoiceField(
        label="Engagement with the hard question",
        help_text="Examines the argument, does not decorate it.",
        choices=[(i, i) for i in ANCHORS],
    )
    motivation = forms.TypedChoiceField(
        label="Motivation",
        help_text="Wants to reduce the risk, not only do the work.",
        choices=[(i, i) for i in ANCHORS],
    )
    comment = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 3, "placeholder": "Press c to write"})
    )


class ExampleFilters(forms.Form):
    """A search and two filters."""

    q = forms.CharField(
        label="Search", required=False, widget=forms.TextInput(attrs={"placeholder": "Search names, answers, notes"})
    )
    status = forms.ChoiceField(label="Status", required=False, choices=[("", "any"), ("submitted", "submitted")])
    education = forms.ChoiceField(label="Education", required=False, choices=[("", "any"), ("phd", "PhD or higher")])


def _steps(now: dt.datetime) -> list[PathStep]:
    days = (
        (-32, "Applications open"),
        (-5, "Deadline"),
        (4, "Reviews due"),
        (11, "Offers released"),
        (18, "Answers due"),
    )
    return [PathStep(label, now + dt.timedelta(days=days_)) for days_, label in days] + [PathStep("In person")]


def _people() -> list[Invented]:
    streams = tuple(Stream(name, i) for i, name in enumerate(STREAMS))
    return [
        Invented("Yara Varga", "Postdoc, physics", streams[:3], "Complete", "done", 2, 8.3, 0.4),
        Invented(
            "Tomás Oliveira", "PhD student, statistics", streams[3:5], "Reference missing", "warning", 3, 8.2, 0.7
        ),
        Invented("Ngozi Adeyemi", "Master's, CS", streams[5:8], "Withdrawn", "plain", 0, 7.4, 1.2),
    ]


def _bars() -> list[Bar]:
    return [
        Bar("Interest forms", 381, "not a share"),
        Bar("Started", 460, "not a share"),
        Bar("Submitted", 412, "90 % of the step before · 87–92"),
        Bar("Ranked by a mentor", 131, "34 % of the step before · 30–38", url="#bars"),
        Bar("Accepted", 60, "91 % of the step before · 84–95"),
    ]


def _lines() -> list[Course]:
    return [
        Course("Now", "now", [(0, 0), (7, 21), (14, 40), (21, 96), (22.5, 130)]),
        Course("Now, started", "now-second", [(0, 0), (7, 44), (14, 81), (21, 170), (22.5, 201)]),
        Course("Last time", "before", [(0, 0), (7, 18), (14, 30), (21, 62), (25, 140), (28, 240)]),
    ]


def examples() -> dict[str, object]:
    """The invented data that the guide draws with."""
    now = timezone.now()
    wrong = ExampleForm({"name": "", "why": "A great many words", "email": "ada@", "work": "b"})
    return {
        "now": now,
        "soon": now + dt.timedelta(hours=9, minutes=12),
        "later": now + dt.timedelta(days=3, hours=4, minutes=30),
        "yesterday": now - dt.timedelta(days=1),
        "steps": _steps(now),
        "form": ExampleForm(initial={"work": "l", "channels": ["lw"]}, prefix="fresh"),
        "wrong": wrong,
        "scores": ExampleScores(initial={"technical": 4}),
        "anchors": ANCHORS,
        "filters_form": ExampleFilters(),
        "people": _people(),
        "bars": _bars(),
        "lines": _lines(),
        "marks": [Mark(9, 1, "A mail to student groups", "#x"), Mark(20.5, 2, "Twitter: one post", "#x")],
        "ticks": [Tick(28 - left, f"{left} d" if left else "close") for left in range(0, 29, 7)],
        "all_streams": [Stream(f"Stream {i + 1}", i) for i in range(12)],
    }


@access(everyone)
def styleguide(request: HttpRequest, part: str = "page") -> HttpResponse:
    """One part of the guide; `desk` shows the review desk as a page of its own."""
    if part not in PARTS and part != "desk":
        raise Http404
    template = "web/styleguide/desk.html" if part == "desk" else "web/styleguide/guide.html"
    facts = {"parts": PARTS, "part": part, "part_template": f"web/styleguide/{part}.html"}
    return render(request, template, facts | examples())
