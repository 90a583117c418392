"""Two cohorts for the measurement, one with 3 rows in every list and one with 2,000; prints cookies and addresses."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.portal_settings"
SIZES = (3, 2000)


def main() -> None:
    """Begin from nothing each time, and say what is there."""
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - models need the set-up above
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        tables = [table for table in connection.introspection.table_names() if table != "django_migrations"]
        cursor.execute(f"TRUNCATE {', '.join(connection.ops.quote_name(table) for table in tables)} CASCADE")
    call_command("migrate", verbosity=0)
    print(json.dumps([_world(size) for size in SIZES]))


def _world(size: int) -> dict[str, Any]:
    """A cohort with that many of everything that staff look at in lists; and who looks."""
    from mats_portal.cohorts.states import CohortRole  # noqa: PLC0415
    from mats_portal.reports.services import compile_snapshot  # noqa: PLC0415
    from tests import make  # noqa: PLC0415
    from tests.conftest import signed_in_client  # noqa: PLC0415

    cohort = make.make_cohort(f"Size {size}", slug=f"size-{size}")
    streams = [make.make_stream(cohort, f"Stream {number}") for number in range(3 if size < 15 else 15)]
    rui, mira, rea = make.make_person("Rui"), make.make_person("Mira"), make.make_person("Rea")
    make.make_membership(rui, cohort, CohortRole.STAFF)
    make.make_membership(mira, cohort, CohortRole.MENTOR, streams[0])
    make.make_membership(rea, cohort, CohortRole.REVIEWER)
    make.make_questions(cohort)
    told = make.make_application(cohort, make.make_person("Ada Lovelace"), streams[:3])
    people = _people(size - 1)
    applications = _applications(cohort, streams, people, told)
    _letters(cohort, people)
    _interests(cohort, size)
    _assignments([told, *applications], rea, rui)
    snapshot = compile_snapshot(cohort=cohort, by=rui)
    cookies = {
        name: signed_in_client(person).cookies["session"].value
        for name, person in (("staff", rui), ("mentor", mira), ("reviewer", rea))
    }
    return {
        "size": size,
        "cookies": cookies,
        "slug": cohort.slug,
        "application": told.code,
        "stream": streams[0].code,
        "report": snapshot.content["reports"][0]["name"],
    }


def _people(count: int) -> list[Any]:
    from mats_portal.people.models import Person  # noqa: PLC0415

    start = Person.objects.count()
    people = [
        Person(email=f"p{start + n}@example.org", name=f"Person {n:04} of the Long List", password="!")  # noqa: S106
        for n in range(count)
    ]
    return Person.objects.bulk_create(people, batch_size=1000)


def _applications(cohort: Any, streams: Sequence[Any], people: Sequence[Any], told: Any) -> list[Any]:
    """Submitted applications like Ada's, to three streams each."""
    from django.utils import timezone  # noqa: PLC0415

    from applications.models import Application, Preference, Submission  # noqa: PLC0415
    from mats_portal.questionnaires.models import AnswerSheet  # noqa: PLC0415

    now, version = timezone.now(), told.sheet.version
    sheets = AnswerSheet.objects.bulk_create([AnswerSheet(version=version, person=person) for person in people])
    applications = Application.objects.bulk_create(
        Application(
            cohort=cohort,
            person=person,
            sheet=sheet,
            state="submitted",
            submitted_at=now - timedelta(minutes=number),
            changed_at=now - timedelta(minutes=number),
            submission_count=1,
            education=told.education,
            field="Mathematics",
            review_count=number % 4,
            review_mean=(number % 50) / 10,
        )
        for number, (person, sheet) in enumerate(zip(people, sheets, strict=True))
    )
    Preference.objects.bulk_create(
        Preference(application=application, stream=streams[(number + rank) % len(streams)], rank=rank)
        for number, application in enumerate(applications)
        for rank in (1, 2, 3)
    )
    last = told.submissions.get()
    Submission.objects.bulk_create(
        Submission(application=application, number=1, digest=last.digest, content=last.content)
        for application in applications
    )
    return applications


def _letters(cohort: Any, people: Sequence[Any]) -> None:
    from mats_portal.outbox.models import Letter  # noqa: PLC0415

    Letter.objects.bulk_create(
        Letter(
            kind="application receipt",
            key=f"bench:{cohort.slug}:{person.pk}",
            recipient=person,
            address=person.email,
            cohort_slug=cohort.slug,
            subject=f"We have your application to {cohort}",
            text="Dear reader",
            state="sent",
        )
        for person in people
    )


def _interests(cohort: Any, size: int) -> None:
    from applications.outreach.models import Interest, InterestChannel  # noqa: PLC0415
    from tests.make import make_channels  # noqa: PLC0415

    channels = make_channels()
    interests = Interest.objects.bulk_create(
        Interest(cohort=cohort, name=f"Person {number}", email=f"i{number}@example.org") for number in range(size)
    )
    InterestChannel.objects.bulk_create(
        InterestChannel(interest=interest, channel=channels[number % len(channels)])
        for number, interest in enumerate(interests)
    )


def _assignments(applications: Sequence[Any], reviewer: Any, by: Any) -> None:
    from mentors.models import Assignment  # noqa: PLC0415

    Assignment.objects.bulk_create(
        Assignment(application=application, reviewer=reviewer, assigned_by=by) for application in applications
    )


if __name__ == "__main__":
    main()
