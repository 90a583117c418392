"""The journal is append-only, whoever asks."""

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from mats_portal.journal.models import Entry
from mats_portal.journal.selectors import entries_about
from mats_portal.journal.services import record
from tests import make

pytestmark = pytest.mark.django_db


def test_entry_keeps_who_what_and_on_which_thing() -> None:
    rui, cohort = make.make_person("Rui"), make.make_cohort()
    entry = record(by=rui, verb="set dates", subject=cohort, cohort=cohort, facts={"kinds": ["plans_due"]})
    assert list(entries_about(cohort)) == [entry]
    assert entry.subject == f"cohorts.cohort:{cohort.slug}"


def test_facts_are_told_as_people_read_them() -> None:
    facts = {
        "role": "research_lead",
        "digest": "ab12" * 16,
        "is_extra": True,
        "seats": 4,
        "note": "",
        "zone": ["a", "b"],
    }
    told = Entry(verb="set", facts=facts).facts_words
    assert told == "role: research lead · digest: ab12ab12 · is extra: yes · seats: 4 · zone"


@pytest.mark.parametrize("act", ["UPDATE journal_entry SET verb = 'nothing'", "DELETE FROM journal_entry"])
def test_entry_is_final_even_for_the_owner_of_the_table(act: str) -> None:
    cohort = make.make_cohort()
    record(by=None, verb="set dates", subject=cohort)
    with pytest.raises(DatabaseError, match="never changed or removed"), transaction.atomic():
        connection.cursor().execute(act)
    assert Entry.objects.get().verb == "set dates"


@pytest.mark.parametrize("act", ["UPDATE", "DELETE", "TRUNCATE"])
def test_portal_has_no_right_to_rewrite_the_journal(act: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, 'journal_entry', %s)", [settings.PORTAL_ROLE, act])
        assert cursor.fetchone() == (False,)
        cursor.execute("SELECT has_table_privilege(%s, 'journal_entry', 'INSERT')", [settings.PORTAL_ROLE])
        assert cursor.fetchone() == (True,)


@pytest.mark.django_db(transaction=True)
def test_act_and_entry_belong_in_one_transaction() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        record(by=None, verb="set dates", subject=make.make_cohort())
