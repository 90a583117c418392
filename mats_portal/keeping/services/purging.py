"""Remove the sensitive answers of those who were not chosen, after the figures were made."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db import transaction

from mats_portal.cohorts.models import Cohort
from mats_portal.jobs.models import Job
from mats_portal.jobs.services import start_job
from mats_portal.journal.services import record
from mats_portal.keeping.models import PurgeRun
from mats_portal.keeping.selectors import chosen_in, cohorts_to_purge, parts_of_purge, purge_due_at
from mats_portal.web.clock import database_now
from mats_portal.web.errors import Refusal
from mats_portal.web.furnishing import furnishings

PURGE = "remove sensitive answers"


class PurgeTooEarly(Refusal):
    """The date on which sensitive answers are removed has not come. Change it on the dates page if that is meant."""


class NothingToPurge(Refusal):
    """Nothing is left to remove: it was done before."""


@transaction.atomic
def ask_for_purge(*, cohort: Cohort, by: Any) -> Job:
    """Start the removing once its date has come, or join it. Raises `PurgeTooEarly`, `NothingToPurge`."""
    _refuse_early(cohort)
    if not parts_of_purge(cohort):
        raise NothingToPurge
    return start_job(by=by, kind=PURGE, subject=cohort.slug, arguments={"cohort": cohort.slug})


@transaction.atomic
def ask_for_due_purges() -> int:
    """Start the removing in every cohort whose date has come; returns how many. The schedule calls it every night."""
    cohorts = cohorts_to_purge(database_now())
    for cohort in cohorts:
        ask_for_purge(cohort=cohort, by=None)
    return len(cohorts)


@transaction.atomic
def purge_cohort(*, cohort: Cohort, by: Any) -> PurgeRun:
    """Compile the cohort's statistics, keep the figures of the sensitive answers, then remove them: all or nothing.

    Raises `PurgeTooEarly`, by the database's clock. Called again, it finds nothing to remove and says 0.
    """
    cohort = Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)
    _refuse_early(cohort)
    chosen = chosen_in(cohort)
    for compile_statistics in furnishings("statistics"):
        compile_statistics(cohort=cohort)
    tallies, people, answers = [], 0, 0
    for purge in furnishings("purges"):
        tallies += [asdict(tally) for tally in purge.tallies(cohort, chosen)]
        some_people, some_answers = purge.purge(cohort, chosen)
        people, answers = people + some_people, answers + some_answers
    run = PurgeRun.objects.create(cohort=cohort, by=by, people=people, answers=answers, tallies=tallies)
    facts = {"people": people, "answers": answers}
    record(by=by, verb="remove sensitive answers", subject=cohort, cohort=cohort, facts=facts)
    return run


def _refuse_early(cohort: Cohort) -> None:
    due_at = purge_due_at(cohort)
    if due_at is None or due_at > database_now():
        raise PurgeTooEarly
