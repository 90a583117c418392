"""What the steps hand on to one another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from applications.models import Application
from demo.moments import Calendar, Moment
from demo.people import Persona
from demo.recipes import Recipe
from demo.simulation.shapes import Selection
from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.people.models import Person


@dataclass
class Stage:
    """A cohort that is being made: its recipe, its calendar, its people, and what the simulation planted."""

    recipe: Recipe
    calendar: Calendar
    now: datetime
    cast: Mapping[Persona, Person]
    cohort: Cohort
    selection: Selection
    streams: dict[str, Stream] = field(default_factory=dict)
    applications: dict[str, Application] = field(default_factory=dict)

    def has_come(self, moment: Moment) -> bool:
        """Whether the recipe's cohort has reached the moment."""
        return self.recipe.moment.has_come(moment)
