"""Which cohorts a demo has: a slug, a moment, and how much of the sample files goes in."""

from __future__ import annotations

from dataclasses import dataclass

from demo.moments import Moment
from demo.people import ADA, GIL, LUM, MIRA, PERSONAS, REN, SAM, SOL, Persona


@dataclass(frozen=True, slots=True)
class Recipe:
    """One demo cohort.

    streams: names to keep, or none for all; most_applications: how many rows to keep, 0 for
    all; scale: how many copies of the applications, each with new names and addresses; tag:
    marks addresses, so that two cohorts have other people (empty: as in the files); cast:
    the demo people who have a part in it, besides Rui.
    """

    slug: str
    name: str
    moment: Moment
    seed: int = 2023
    streams: tuple[str, ...] = ()
    most_applications: int = 0
    scale: int = 1
    tag: str = ""
    cast: tuple[Persona, ...] = PERSONAS


# Demo people who mentor lead this one wherever it is kept.
MIRAS_STREAM = "Evaluations B"

SOME_STREAMS = ("Evaluations B", "Scalable oversight B", "AI control A", "Governance A", "Agent foundations B")
TWO_STREAMS = ("Evaluations B", "Governance A")

# What `manage.py demo` makes when no moment is named: something to do for everybody at once.
USUAL = (
    Recipe(
        slug="summer-2022",
        name="Summer 2022",
        moment=Moment.COHORT_FINISHED,
        streams=TWO_STREAMS,
        most_applications=60,
        tag="s22-",
        cast=(LUM, SOL),
    ),
    Recipe(
        slug="winter-2022-23",
        name="Winter 2022-23",
        moment=Moment.COHORT_RUNNING,
        streams=SOME_STREAMS,
        most_applications=140,
        tag="w22-",
        cast=(SAM, MIRA, GIL, SOL),
    ),
    Recipe(slug="summer-2023", name="Summer 2023", moment=Moment.SELECTION_UNDERWAY, cast=(MIRA, REN)),
    Recipe(
        slug="winter-2023-24",
        name="Winter 2023-24",
        moment=Moment.INTAKE_OPEN,
        streams=(*SOME_STREAMS, "Cooperative AI A", "Deceptive alignment A"),
        most_applications=180,
        tag="w23-",
        cast=(ADA,),
    ),
)
