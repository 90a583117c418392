"""Two cohorts for the measurement, one with 3 rows in every list and one with 2,000; prints cookies and addresses."""

from __future__ import annotations

import json
import os
from typing import Any

import django

from bench.crowd import crowd

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.portal_settings"
SIZES = (3, 2000)


def main() -> None:
    """Begin from nothing each time, and say what is there."""
    django.setup()
    begin_from_nothing()
    print(json.dumps([_world(size) for size in SIZES]))


def begin_from_nothing() -> None:
    """Empty every table of the bench's own database."""
    from django.core.management import call_command  # noqa: PLC0415 - models need the set-up above
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        tables = [table for table in connection.introspection.table_names() if table != "django_migrations"]
        cursor.execute(f"TRUNCATE {', '.join(connection.ops.quote_name(table) for table in tables)} CASCADE")
    call_command("migrate", verbosity=0)


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
    crowd(cohort, streams, told, size - 1)
    _letters(cohort)
    _interests(cohort, size)
    _assignments(cohort, rea, rui)
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


def _letters(cohort: Any) -> None:
    from mats_portal.outbox.models import Letter  # noqa: PLC0415
    from mats_portal.people.models import Person  # noqa: PLC0415

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
        for person in Person.objects.filter(applications__cohort=cohort)
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


def _assignments(cohort: Any, reviewer: Any, by: Any) -> None:
    from applications.models import Application  # noqa: PLC0415
    from mentors.models import Assignment  # noqa: PLC0415

    Assignment.objects.bulk_create(
        Assignment(application=application, reviewer=reviewer, assigned_by=by)
        for application in Application.objects.in_cohort(cohort).submitted()
    )


if __name__ == "__main__":
    main()
