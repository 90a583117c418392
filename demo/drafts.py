"""An application that its writer has not finished."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from demo import files
from demo.people import Persona

DRAFT_STREAMS = ("Evaluations B", "Governance A")
DRAFT_FACTS = {
    files.EDUCATION: "Master's student",
    "Field": "Computer science",
    "Years of research or industry experience": "2",
    "AGI Safety Fundamentals or equivalent?": "Yes",
    "Evidence": "Took part in the spring groups; two write-ups on my page.",
    "What would you do this summer otherwise? (select all)": "Independent research",
    "Already working in AI/ML?": "No",
    "How did you hear about us? (select all that apply)": "AI safety Slack",
    "Availability (hours per week)": "40",
}
DRAFT_ANSWERS = {
    "Evaluations B – Q1": (
        "The paper asks whether a test can tell a system that cannot do something from one that does not show it. "
        "Its answer: only if whoever tests has tried as hard as whoever hides. "
        "So every result needs a sentence on effort."
    ),
    "Evaluations B – Q2": (
        "I would change my mind if two teams, given the same budget and no contact, disagreed about most of the "
        "systems they tested. Then the tests measure the testers."
    ),
    "Governance A – Q1": (
        "A rule that nobody can check is a wish. The paper lists what could be checked from outside, what only with "
        "help from inside, and argues that the second list is longer than the first one every year."
    ),
}


def draft_of(persona: Persona, now: datetime, rows: Iterable[files.Row]) -> files.Row:
    """A draft of a demo person, begun two days ago, complete but for two answers."""
    titles = next(iter(rows)).keys()
    asked = {title.rpartition(" – Q")[0] for title in titles if " – Q" in title}
    chosen = [name for name in DRAFT_STREAMS if name in asked]
    answers = {title: text for name in chosen for title, text in DRAFT_ANSWERS.items() if title.startswith(name)}
    facts = {
        files.RECORD: f"rec-{persona.email.partition('@')[0]}",
        files.CREATED: (now - timedelta(days=2)).isoformat(timespec="milliseconds"),
        files.NAME: persona.name,
        files.ADDRESS: persona.email,
        files.ZONE: persona.time_zone,
        files.CHOICES: "; ".join(chosen),
        files.STATUS: "Draft",
    }
    return dict.fromkeys(titles, "") | DRAFT_FACTS | facts | answers
