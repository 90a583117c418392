"""Milestones are set all at once; promised time is taken away only knowingly; one person may have longer."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from mats_portal.cohorts.models import Extension, Milestone
from mats_portal.cohorts.selectors import dates_of, effective_deadline
from mats_portal.cohorts.services import (
    DatesOutOfOrder,
    DeadlineShortened,
    ExtensionTooEarly,
    MilestoneNotSet,
    NotADeadline,
    give_extension,
    set_milestones,
)
from mats_portal.cohorts.states import MilestoneKind
from mats_portal.journal.models import Entry
from mats_portal.outbox.models import Letter
from tests import make

pytestmark = pytest.mark.django_db
OPENS = datetime(2030, 4, 8, tzinfo=UTC)
CLOSES = datetime(2030, 5, 8, 12, tzinfo=UTC)


def test_dates_are_kept_all_at_once_and_written_into_the_journal() -> None:
    cohort, rui = make.make_cohort(milestones={}), make.make_person("Rui")
    wanted = {MilestoneKind.APPLICATIONS_OPEN: OPENS, MilestoneKind.APPLICATIONS_CLOSE: CLOSES}
    assert set_milestones(cohort=cohort, dates=wanted, by=rui) == list(wanted)
    assert dates_of(cohort) == wanted
    assert Entry.objects.get().facts["applications_close"] == [None, CLOSES.isoformat()]


def test_dates_that_are_as_they_were_leave_no_trace() -> None:
    cohort = make.make_cohort()
    assert set_milestones(cohort=cohort, dates=dates_of(cohort), by=make.make_person("Rui")) == []
    assert not Entry.objects.exists()


def test_date_can_be_taken_away() -> None:
    cohort = make.make_cohort(milestones={MilestoneKind.TRAINING_STARTS: OPENS})
    set_milestones(cohort=cohort, dates={MilestoneKind.TRAINING_STARTS: None}, by=make.make_person("Rui"))
    assert not Milestone.objects.filter(cohort=cohort).exists()


def test_nothing_closes_before_it_opens_and_then_nothing_is_kept() -> None:
    cohort = make.make_cohort(milestones={})
    wanted = {MilestoneKind.APPLICATIONS_OPEN: CLOSES, MilestoneKind.APPLICATIONS_CLOSE: OPENS}
    with pytest.raises(DatesOutOfOrder, match="Applications close"):
        set_milestones(cohort=cohort, dates=wanted, by=make.make_person("Rui"))
    assert not Milestone.objects.filter(cohort=cohort).exists()


@pytest.mark.parametrize("sooner", [timedelta(hours=1), None])
def test_promised_time_is_taken_away_only_when_confirmed(sooner: timedelta | None) -> None:
    cohort, rui = make.make_cohort(), make.make_person("Rui")
    kind = MilestoneKind.APPLICATIONS_CLOSE
    wanted = {kind: dates_of(cohort)[kind] - sooner if sooner else None}
    with pytest.raises(DeadlineShortened):
        set_milestones(cohort=cohort, dates=wanted, by=rui)
    assert set_milestones(cohort=cohort, dates=wanted, by=rui, is_shortening_confirmed=True) == [kind]


def test_deadline_moved_later_or_over_already_needs_no_confirmation() -> None:
    cohort, rui, kind = make.make_cohort(days_later=-20), make.make_person("Rui"), MilestoneKind.APPLICATIONS_CLOSE
    over = dates_of(cohort)[kind]
    assert over < timezone.now()
    assert set_milestones(cohort=cohort, dates={kind: over - timedelta(days=1)}, by=rui) == [kind]
    later = {MilestoneKind.PLANS_DUE: dates_of(cohort)[MilestoneKind.PLANS_DUE] + timedelta(days=3)}
    assert set_milestones(cohort=cohort, dates=later, by=rui) == [MilestoneKind.PLANS_DUE]


def test_extension_gives_one_person_longer_and_tells_them() -> None:
    cohort, sam, rui = make.make_cohort(), make.make_person("Sam"), make.make_person("Rui")
    kind = MilestoneKind.PLANS_DUE
    later = dates_of(cohort)[kind] + timedelta(days=7)
    give_extension(cohort=cohort, kind=kind, person=sam, at=later, reason="Ill\r\nfor a week.", by=rui)
    assert effective_deadline(cohort, kind, sam) == later
    assert effective_deadline(cohort, kind, rui) == dates_of(cohort)[kind]
    assert Extension.objects.get().reason == "Ill\nfor a week."
    assert Letter.objects.get().recipient == sam
    assert "Ill" not in str(Entry.objects.get().facts)


def test_extension_given_again_replaces_the_first_and_tells_again() -> None:
    cohort, sam, rui = make.make_cohort(), make.make_person("Sam"), make.make_person("Rui")
    kind = MilestoneKind.PLANS_DUE
    own = dates_of(cohort)[kind]
    for days in (7, 9):
        give_extension(cohort=cohort, kind=kind, person=sam, at=own + timedelta(days=days), reason="Ill.", by=rui)
    assert Extension.objects.get().at == own + timedelta(days=9)
    assert Letter.objects.count() == 2


def test_extension_is_later_than_the_deadline_itself() -> None:
    cohort, kind = make.make_cohort(), MilestoneKind.PLANS_DUE
    facts: dict[str, Any] = {
        "cohort": cohort,
        "person": make.make_person("Sam"),
        "reason": "",
        "by": make.make_person("Rui"),
    }
    with pytest.raises(ExtensionTooEarly, match="Give a later one"):
        give_extension(kind=kind, at=dates_of(cohort)[kind], **facts)
    with pytest.raises(NotADeadline):
        give_extension(kind=MilestoneKind.TRAINING_STARTS, at=CLOSES, **facts)
    Milestone.objects.filter(cohort=cohort).delete()
    with pytest.raises(MilestoneNotSet):
        give_extension(kind=kind, at=CLOSES, **facts)
