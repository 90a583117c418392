"""What the apps furnish the empty frame with.

The frame (menu, home page, reports, letters, reminders, jobs, own data) knows no
programme. An app's `AppConfig` derives from `Furnished` and names what it brings
as dotted strings; they are imported when first asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.apps import AppConfig, apps
from django.utils.module_loading import import_string


class Furnished(AppConfig):
    """An app that may furnish the frame. Each list holds dotted paths.

    menu: functions `(person) -> list[MenuItem]`, what belongs to no cohort or to the person alone
    cohort_menu: functions `(person, cohort) -> list[MenuItem]`, the pages of a cohort for whoever works in it
    place: functions `(person, cohort or None) -> Place | None`, the cohort that the person is at work in
    home_sections: functions `(person, now) -> list[web.home.Section]`
    home_rest: the same, asked only for those whom nothing else concerns
    reports: `reports.frame.Report` objects
    letters: `outbox.kinds.LetterKind` objects
    reminders: `outbox.kinds.ReminderKind` objects
    jobs: `jobs.kinds.JobKind` objects
    letter_books: functions `(person) -> cohorts` (with slug and name) whose letters the person may read
    personal_data: functions `(person) -> dict[str, Any]`
    kept: functions `(person) -> list[web.keeping.Kept]`, what is kept about the person, why and for how long
    erasures: `web.keeping.Erasure` objects, how the app erases a person
    purges: `web.keeping.Purge` objects, what is removed some time after a cohort's selection
    chosen_people: functions `(cohort) -> QuerySet` of the keys of people who were chosen, whose answers stay
    statistics: functions `(*, cohort)` that compile and keep the cohort's figures
    invariants: tuples of `web.invariants.Invariant`, what must hold over the whole database
    jump: functions `(person, words) -> list[MenuItem]`
    front_page: functions `(now) -> list[web.home.Section]` for the public
    cohort_actions: functions `(person, cohort, now) -> list[MenuItem]`, the buttons of a cohort's public page
    new_cohort: functions `(*, cohort, by) -> Any`, what an app prepares in a cohort that was just made
    carried_over: `cohorts.services.carrying.CarriedOver` objects, what can be copied from an earlier cohort
    cohort_queues: functions `(person, cohort, now) -> list[web.home.Queue]`, what waits for staff
    explanations: functions `(person, cohort, match, by) -> list[str]`, why the person can or cannot open the page;
        they tell nothing that `by`, who asks, may not know
    shown_as: tuples of names of pages that staff may see with a person's eyes: they hold nothing that is that
        person's alone
    arrival_marks: functions `(cohort) -> list[tuple[date, str]]`, what was done so that people hear of the cohort, for
        the chart of arrivals
    withdrawals: context managers `(*, application, by)` around the withdrawing of an application, in its transaction:
        what must end with it, before; what that sets free, after. They may refuse
    application_outcomes: functions `(applications) -> dict[int, str]`, what became of earlier ones, in a few words
    concealed_applications: functions `(person) -> QuerySet` of the keys of applications the person must not see
    opened_names: functions `(person) -> QuerySet` of the keys of applications whose names are open to the person in a
        cohort whose names open later
    invitations: `people.invitations.InvitationKind` objects
    demo_logins: functions `() -> list` of things with `email` and `what`, the invented people to sign in as
    later_results: functions `(cohort) -> (label, dict)`, figures on how those did who came, by the key of their
        application, which the report on selection compares with the scores of then
    scholar_sections: functions `(person, scholar) -> list[web.home.Section]`, parts of a scholar's page
    stream_people: functions `(stream, kind) -> QuerySet[Person]`, whom a deadline of that kind concerns in a stream
    undoings: `journal.undoing.UndoKind` objects, how to undo what was done to many at once
    second_factor: functions `(person) -> bool`, whether the person must have a second factor
    standing: functions `() -> dict[str, Expression]`, facts about a person that come with them in one statement
    """

    menu: tuple[str, ...] = ()
    cohort_menu: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    home_sections: tuple[str, ...] = ()
    home_rest: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    reminders: tuple[str, ...] = ()
    jobs: tuple[str, ...] = ()
    letter_books: tuple[str, ...] = ()
    personal_data: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    erasures: tuple[str, ...] = ()
    invariants: tuple[str, ...] = ()
    purges: tuple[str, ...] = ()
    chosen_people: tuple[str, ...] = ()
    statistics: tuple[str, ...] = ()
    jump: tuple[str, ...] = ()
    front_page: tuple[str, ...] = ()
    cohort_actions: tuple[str, ...] = ()
    new_cohort: tuple[str, ...] = ()
    carried_over: tuple[str, ...] = ()
    cohort_queues: tuple[str, ...] = ()
    explanations: tuple[str, ...] = ()
    shown_as: tuple[str, ...] = ()
    arrival_marks: tuple[str, ...] = ()
    withdrawals: tuple[str, ...] = ()
    application_outcomes: tuple[str, ...] = ()
    concealed_applications: tuple[str, ...] = ()
    opened_names: tuple[str, ...] = ()
    invitations: tuple[str, ...] = ()
    demo_logins: tuple[str, ...] = ()
    later_results: tuple[str, ...] = ()
    scholar_sections: tuple[str, ...] = ()
    stream_people: tuple[str, ...] = ()
    undoings: tuple[str, ...] = ()
    second_factor: tuple[str, ...] = ()
    standing: tuple[str, ...] = ()


@cache
def furnishings(kind: str) -> tuple[Any, ...]:
    """All objects that the installed apps furnish under a kind, in the order of the apps."""
    return tuple(_load(kind))


def _load(kind: str) -> Iterator[Any]:
    for config in apps.get_app_configs():
        if isinstance(config, Furnished):
            for path in getattr(config, kind):
                yield import_string(path)
