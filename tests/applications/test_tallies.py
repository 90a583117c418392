"""The number of applications is kept by the database: exact at every moment, and never a queue."""

from __future__ import annotations

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from applications.models import Application, Tally
from applications.services import withdraw_application
from applications.table import counts_of
from mats_portal.cohorts.models import Cohort
from tests import make

pytestmark = pytest.mark.django_db


def counted(cohort: Cohort) -> dict[str, int]:
    """The counts, by looking at every application."""
    states = list(Application.objects.in_cohort(cohort).values_list("state", flat=True))
    by_state = {state: states.count(state) for state in ("submitted", "withdrawn")}
    return by_state | {"started": len(states)}


def test_counts_follow_every_change_of_an_application() -> None:
    cohort, other = make.make_cohort("One"), make.make_cohort("Two")
    make.make_application(other)
    assert counts_of(cohort) == {"submitted": 0, "withdrawn": 0, "started": 0}
    make.make_application(cohort, make.make_person("Ada"), submitted=False)
    gone = make.make_application(cohort, make.make_person("Bea"))
    make.make_application(cohort, make.make_person("Cy"))
    assert counts_of(cohort) == {"submitted": 2, "withdrawn": 0, "started": 3}
    withdraw_application(application=gone, by=gone.person)
    assert counts_of(cohort) == counted(cohort) == {"submitted": 1, "withdrawn": 1, "started": 3}
    Application.objects.in_cohort(cohort).filter(state="draft").delete()
    assert counts_of(cohort) == counted(cohort)
    assert counts_of(other) == {"submitted": 1, "withdrawn": 0, "started": 1}


def test_counting_costs_one_statement_and_few_rows_however_often_things_change() -> None:
    cohort = make.make_cohort()
    application = make.make_application(cohort)
    for number in range(200):
        Application.objects.filter(pk=application.pk).update(state="withdrawn" if number % 2 else "submitted")
    assert Tally.objects.filter(cohort=cohort).count() < 140
    with CaptureQueriesContext(connection) as asked:
        assert counts_of(cohort) == counted(cohort)
    assert len(asked) == 2  # The counts, and the looking by hand.


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_a_transaction_that_holds_counts() -> None:
    cohort = make.make_cohort()
    first, second = (make.make_application(cohort, make.make_person(name)) for name in ("Ada", "Bea"))
    slow = connections.create_connection("default")
    try:
        slow.set_autocommit(False)
        with slow.cursor() as held, connection.cursor() as quick:
            held.execute("UPDATE applications_application SET state = 'withdrawn' WHERE id = %s", [first.pk])
            quick.execute("SET lock_timeout = '300ms'")
            for state in ("withdrawn", "submitted") * 40:  # Often enough that the rows are summed up meanwhile.
                quick.execute("UPDATE applications_application SET state = %s WHERE id = %s", [state, second.pk])
            quick.execute("RESET lock_timeout")
            assert counts_of(cohort) == {"submitted": 2, "withdrawn": 0, "started": 2}
            held.execute("COMMIT")
    finally:
        slow.close()
    assert counts_of(cohort) == counted(cohort) == {"submitted": 1, "withdrawn": 1, "started": 2}
