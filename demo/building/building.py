"""Make a whole demo cohort, step by step, up to its moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from applications.models import Application
from applications.states import Education, ImportKind
from demo import drafts, files
from demo.building import (
    asking,
    candidates,
    finishing,
    offering,
    opening,
    papers,
    running,
    selecting,
    spreading,
)
from demo.building.cast import bring_to_life
from demo.building.stage import Stage
from demo.moments import Moment, calendar_at
from demo.people import ADA, LUM, SAM, Persona
from demo.recipes import Recipe
from demo.simulation.selection import simulate_selection
from demo.simulation.shapes import Selection
from mats_portal.outbox.models import Letter
from mats_portal.outbox.states import LetterState

EDUCATIONS = {str(choice.label): choice.name.lower() for choice in Education}
Tell = Callable[[str], None]


def build(recipe: Recipe, now: datetime, tell: Tell = lambda step: None) -> Stage:
    """Make the recipe's cohort. Raises `CohortExists` when its slug is taken."""
    calendar = calendar_at(recipe.moment, now.date())
    cast = bring_to_life()
    tell(f"{recipe.name}: opening")
    cohort = opening.open_cohort(recipe, calendar, now, cast)
    rows = files.applied(recipe, calendar.days, until=now)
    selection = plant(recipe, rows)
    parts = parts_for(recipe, selection)
    stage = Stage(recipe, calendar, now, cast, cohort, renamed(selection, parts))
    opening.fill_streams(stage)
    opening.fill_roles(stage)
    asking.ask(stage)
    tell(f"{recipe.name}: {len(rows) * recipe.scale:,} applications")
    _take_in(stage, files.in_the_role_of(rows, parts))
    spreading.spread(stage)
    if not stage.has_come(Moment.OFFERS_OUT):
        papers.hand_in(stage)
    if not stage.has_come(Moment.SELECTION_UNDERWAY):
        candidates.offer_to_mentor(stage)
    for moment, name, step in (
        (Moment.SELECTION_UNDERWAY, "reviews and rankings", selecting.select),
        (Moment.OFFERS_OUT, "matching and offers", offering.offer),
        (Moment.COHORT_RUNNING, "plans and support", running.run),
        (Moment.COHORT_FINISHED, "outcomes", finishing.finish),
    ):
        if stage.has_come(moment):
            tell(f"{recipe.name}: {name}")
            step(stage)
    opening.set_calendar(cohort, calendar)
    _keep_letters_home(stage)
    return stage


def _keep_letters_home(stage: Stage) -> None:
    """What was written to invented people on the way is not mailed; what happens from now on is."""
    waiting = Letter.objects.filter(cohort_slug=stage.cohort.slug, state=LetterState.PLANNED)
    waiting.update(state=LetterState.CANCELLED, note="Not mailed: it was written while the demo was made.")


def _take_in(stage: Stage, rows: list[files.Row]) -> None:
    """Interest forms and applications, in as many copies as the recipe asks for, one copy in memory at a time."""
    recipe, days = stage.recipe, stage.calendar.days
    opening.take(stage, ImportKind.INTEREST, files.interests(recipe, days, until=stage.now))
    if recipe.moment is Moment.INTAKE_OPEN and ADA in recipe.cast:
        rows = [*rows, drafts.draft_of(ADA, stage.now, rows)]
    opening.take(stage, ImportKind.APPLICATIONS, asking.with_needs(recipe.seed, rows))
    for copy in range(1, recipe.scale):
        opening.take(stage, ImportKind.APPLICATIONS, files.applied(recipe, days, until=stage.now, copy=copy))
    planted = Application.objects.in_cohort(stage.cohort).filter(person__email__in=stage.selection.quality)
    stage.applications = {one.person.email: one for one in planted.select_related("person")}


def plant(recipe: Recipe, rows: list[files.Row]) -> Selection:
    """What the simulation makes of the rows; only the first copy is chosen from."""
    seats = {row[files.STREAM]: int(row[files.SEATS]) for row in files.streams(recipe, {})}
    return simulate_selection(recipe.seed, files.as_applied(rows, EDUCATIONS), seats)


def parts_for(recipe: Recipe, selection: Selection) -> dict[str, Persona]:
    """Which demo person stands in for which applicant, by address."""
    waiting = offering.in_order_of_answers(recipe.seed, selection)[-1:]
    parts: dict[str, Persona] = {}
    if ADA in recipe.cast and recipe.moment in (Moment.SELECTION_UNDERWAY, Moment.OFFERS_OUT):
        parts |= dict.fromkeys(waiting, ADA)
    if recipe.moment.has_come(Moment.COHORT_RUNNING):
        for persona, part in zip((SAM, LUM), running.main_parts(selection.scholars), strict=False):
            if persona in recipe.cast:
                parts[part] = persona
    return parts


def renamed(selection: Selection, parts: dict[str, Persona]) -> Selection:
    """The selection with the demo people's addresses in the place of those whom they stand in for."""
    address = {old: persona.email for old, persona in parts.items()}
    return replace(
        selection,
        first={address.get(key, key): stream for key, stream in selection.first.items()},
        declined=tuple(address.get(key, key) for key in selection.declined),
        lapsed=tuple(address.get(key, key) for key in selection.lapsed),
        called={stream: address.get(key, key) for stream, key in selection.called.items()},
        rankings={stream: tuple(address.get(key, key) for key in keys) for stream, keys in selection.rankings.items()},
        quality={address.get(key, key): value for key, value in selection.quality.items()},
    )
