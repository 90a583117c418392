"""Take a demo cohort away, with everybody who was invented for it. The journal keeps what was done.

What was submitted is final, and the database refuses to delete it, also to the portal
itself. Only the owner of the tables can lift that, so removing runs as the owner.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection, connections, transaction
from django.db.models import Q, QuerySet
from django.db.utils import ProgrammingError

from applications.models import (
    Application,
    Choice,
    Document,
    ImportFile,
    Preference,
    Reference,
    ReferenceLetter,
    Submission,
)
from applications.outreach.models import Action, Interest, InterestChannel, Link, Recommendation
from demo.people import PERSONAS
from mats_portal.cohorts.models import Cohort, Membership
from mats_portal.jobs.models import Job
from mats_portal.journal.models import Deed
from mats_portal.outbox.models import Letter
from mats_portal.people.models import Person
from mats_portal.questionnaires.models import Answer, AnswerFile, AnswerSheet, Question, Questionnaire, Version
from mats_portal.rubrics.models import Criterion, Rubric, RubricVersion, Score, ScoreSheet
from mats_portal.web.errors import Refusal
from mentors.candidacy.models import Candidacy
from mentors.models import Assessment, Assignment, Conflict, Marking, Offer, Ranking, SelectionRound, Shortlist
from research_plans.models import PlanComment, PlannedOutput, PlanRevision, ResearchPlan
from scholars.alumni.models import Outcome
from scholars.models import MentorlessException, Scholar, Switch

FINAL = {
    "applications_submission": "submissions_are_final",
    "applications_referenceletter": "reference_letters_are_final",
    "research_plans_planrevision": "plan_revisions_are_final",
}


class NotADemo(Refusal):
    """There is no demo cohort with this slug. Only cohorts in which everybody is invented can be removed."""


class NeedsOwner(Refusal):
    """Removing what was submitted takes the owner of the tables: run it again with DATABASE_ROLE=owner."""


def remove(slug: str) -> None:
    """Remove the cohort and its people. Raises `NotADemo` and `NeedsOwner`; then nothing is changed."""
    cohort = Cohort.objects.filter(slug=slug, is_synthetic=True).first()
    if cohort is None:
        raise NotADemo
    people = list(_people_of(cohort))
    if "support" in connections:
        call_command("demo_support", slug, remove=True)
    with transaction.atomic(), _without_finality():
        _plan_afresh()
        Document.objects.filter(application__cohort=cohort).delete()  # one by one: each takes its file along
        AnswerFile.objects.filter(sheet__version__questionnaire__cohort=cohort).delete()
        for rows in _rows_of(cohort):
            _delete(rows)
        _remove_people(people)


def _plan_afresh() -> None:
    """Count the tables anew: the checks of foreign keys may still be planned for when they were empty."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _delete(rows: QuerySet) -> None:
    """Delete the rows, and before them whatever points at them; PROTECT is for real cohorts."""
    for relation in rows.model._meta.related_objects:
        if relation.field.db_constraint and not relation.many_to_many:
            pointing = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": rows.values("pk")})
            if pointing.exists():
                _delete(pointing)
    rows._raw_delete(rows.db)


def _people_of(cohort: Cohort) -> QuerySet[Person]:
    """Those invented for this cohort: demo people, who play in several, stay."""
    members = Membership.objects.filter(cohort=cohort).values("person")
    applicants = Application.objects.filter(cohort=cohort).values("person")
    candidates = Candidacy.objects.filter(cohort=cohort).values("person")
    named = Person.objects.filter(Q(pk__in=members) | Q(pk__in=applicants) | Q(pk__in=candidates), is_synthetic=True)
    return named.exclude(email__in=[persona.email for persona in PERSONAS])


def _rows_of(cohort: Cohort) -> Iterator[QuerySet]:
    """All rows of the cohort, from the last storey down."""
    for model, path in (
        (PlanComment, "revision__plan__scholar__cohort"),
        (PlanRevision, "plan__scholar__cohort"),
        (PlannedOutput, "plan__scholar__cohort"),
        (ResearchPlan, "scholar__cohort"),
        (Outcome, "cohort"),
        (Switch, "scholar__cohort"),
        (MentorlessException, "stream__cohort"),
        (Scholar, "cohort"),
        (Candidacy, "cohort"),
        (Offer, "stream__cohort"),
        (SelectionRound, "cohort"),
        (Ranking, "stream__cohort"),
        (Shortlist, "stream__cohort"),
        (Marking, "cohort"),
        (Assessment, "application__cohort"),
        (Score, "sheet__version__rubric__cohort"),
        (ScoreSheet, "version__rubric__cohort"),
        (Assignment, "application__cohort"),
        (Conflict, "application__cohort"),
        (ReferenceLetter, "reference__application__cohort"),
        (Reference, "application__cohort"),
        (Submission, "application__cohort"),
        (Preference, "application__cohort"),
        (Choice, "application__cohort"),
        (Application, "cohort"),
        (Answer, "sheet__version__questionnaire__cohort"),
        (AnswerSheet, "version__questionnaire__cohort"),
        (ImportFile, "cohort"),
        (Action, "cohort"),
        (Recommendation, "cohort"),
        (Link, "cohort"),
        (InterestChannel, "interest__cohort"),
        (Interest, "cohort"),
        (Criterion, "version__rubric__cohort"),
        (RubricVersion, "rubric__cohort"),
        (Rubric, "cohort"),
        (Question, "version__questionnaire__cohort"),
        (Version, "questionnaire__cohort"),
        (Questionnaire, "cohort"),
    ):
        yield model._base_manager.filter(**{path: cohort})
    yield Letter.objects.filter(cohort_slug=cohort.slug)
    yield Deed.objects.filter(cohort_slug=cohort.slug)
    yield Job.objects.filter(Q(subject=cohort.slug) | Q(subject__startswith=f"{cohort.slug}:"))
    for name in ("snapshots", "memberships", "extensions", "milestones", "streams", "tracks"):
        yield getattr(cohort, name).all()
    yield Cohort.objects.filter(pk=cohort.pk)


def _remove_people(people: list[Person]) -> None:
    """Remove those who have no part in another cohort."""
    elsewhere = set(Membership.objects.filter(person__in=people).values_list("person", flat=True))
    elsewhere |= set(Application.objects.filter(person__in=people).values_list("person", flat=True))
    keys = [person.pk for person in people if person.pk not in elsewhere]
    _delete(Person.objects.filter(pk__in=keys))


@contextmanager
def _without_finality() -> Iterator[None]:
    """Lift what keeps submissions and revisions while the block lasts. Raises `NeedsOwner`."""
    with connection.cursor() as cursor:
        # A table of which checks are due later in the transaction cannot be altered: make them now.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        try:
            for table, trigger in FINAL.items():
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
        except ProgrammingError as error:
            raise NeedsOwner from error
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table, trigger in FINAL.items():
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {trigger}")
