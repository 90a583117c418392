"""Open a cohort: its calendar, its streams with their mentors and questions, its people."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress

from applications.services.importing import import_file
from applications.states import ImportKind
from demo import files
from demo.building.stage import Stage
from demo.moments import ZONE, Calendar, Moment
from demo.people import GIL, INES, MIRA, REN, RUI, SOL, Persona
from demo.recipes import MIRAS_STREAM, Recipe
from demo.simulation.names import new_name
from mats_portal.cohorts.models import Cohort, Membership, Milestone
from mats_portal.cohorts.services import open_membership
from mats_portal.cohorts.states import CohortRole, MilestoneKind
from mats_portal.people.models import Person
from mats_portal.web.errors import Refusal

WELCOME = (
    "Ten weeks of research with a mentor, in one place, with peers who will disagree with you. "
    "You bring a question about the risks of advanced AI and the will to be wrong in public; we bring time, "
    "mentors, and people to talk to when you are stuck."
)
REVIEWERS_PER_SEAT = 8 / 60


class CohortExists(Refusal):
    """There is a cohort with this slug already. Choose another one with --slug, or remove it with --remove."""

    def __init__(self, slug: str) -> None:
        super().__init__(f"There is a cohort “{slug}” already. Choose another --slug, or remove it with --remove.")


def open_cohort(recipe: Recipe, calendar: Calendar, now: datetime, cast: Mapping[Persona, Person]) -> Cohort:
    """A public, synthetic cohort with its dates, run by Rui and Ines. Raises `CohortExists`."""
    if Cohort.objects.filter(slug=recipe.slug).exists():
        raise CohortExists(recipe.slug)
    cohort = Cohort.objects.create(
        slug=recipe.slug,
        name=recipe.name,
        site="Berkeley",
        welcome=WELCOME,
        zone=ZONE,
        seats=sum(int(row[files.SEATS]) for row in files.streams(recipe, {})),
        is_public=True,
        is_synthetic=True,
    )
    set_calendar(cohort, calendar)
    if recipe.moment.has_come(Moment.COHORT_RUNNING):  # answers are judged by the database's clock
        Milestone.objects.filter(cohort=cohort, kind=MilestoneKind.ANSWERS_DUE).update(at=now + timedelta(days=7))
    for persona in (RUI, INES):
        open_membership(cohort=cohort, person=cast[persona], role=CohortRole.STAFF, by=cast[RUI])
    return cohort


def set_calendar(cohort: Cohort, calendar: Calendar) -> None:
    """The dates as planned."""
    for kind, at in calendar.instants().items():
        Milestone.objects.update_or_create(cohort=cohort, kind=kind, defaults={"at": at})


def fill_streams(stage: Stage) -> None:
    """The streams from the sample file, through the import."""
    leads = {MIRAS_STREAM: MIRA} if MIRA in stage.recipe.cast else {}
    rows = files.streams(stage.recipe, leads)
    take(stage, ImportKind.STREAMS, rows)
    stage.streams = {stream.name: stream for stream in stage.cohort.streams.all()}


def take(stage: Stage, kind: ImportKind, rows: list[files.Row]) -> None:
    """Put rows through the portal's own import. Raises `ImportRefused` when one cannot be taken."""
    if rows:
        import_file(kind=kind, cohort=stage.cohort, file=io.BytesIO(files.as_csv(rows)), by=stage.cast[RUI], zone=ZONE)


def fill_roles(stage: Stage) -> None:
    """Reviewers, a grader and support; staff and mentors are there already."""
    named = {REN: CohortRole.REVIEWER, GIL: CohortRole.GRADER, SOL: CohortRole.SUPPORT}
    for persona, role in named.items():
        if persona in stage.recipe.cast:
            open_membership(cohort=stage.cohort, person=stage.cast[persona], role=role, by=stage.cast[RUI])
    seats = sum(stream.seats for stream in stage.streams.values())
    for number in range(1, max(2, round(seats * REVIEWERS_PER_SEAT))):
        person = extra(f"reviewer{number}@{stage.recipe.slug}.example", stage.recipe.seed)
        open_membership(cohort=stage.cohort, person=person, role=CohortRole.REVIEWER, by=stage.cast[RUI])
    opened = stage.calendar.instants()[MilestoneKind.INTEREST_OPENS]
    Membership.objects.in_cohort(stage.cohort).update(since=opened - timedelta(days=20))


def extra(address: str, seed: int) -> Person:
    """An invented person in the background."""
    person = Person.objects.create_user(address, name=new_name(seed, address), is_synthetic=True)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person
