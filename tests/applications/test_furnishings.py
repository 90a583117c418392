"""What applications furnish to the frame: reminders, own data, reports, jump, buttons."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from applications.dashboard import cohort_actions, cohort_menu, jump, menu
from applications.letters import is_still_a_draft
from applications.models import Application
from applications.outreach.models import Interest
from applications.privacy import personal_data
from applications.reminders import drafts_due, interest_due
from applications.reports import compile_applicants
from applications.services import submit_application, withdraw_application
from mats_portal.cohorts.models import Cohort, Extension, Milestone
from mats_portal.cohorts.states import MilestoneKind
from mats_portal.outbox.models import Letter
from mats_portal.outbox.services import plan_reminders
from mats_portal.people.models import Person
from mentors.services import declare_conflict
from mentors.states import ConflictKind
from tests import make
from tests.conftest import signed_in_client
from tests.scenarios import World

pytestmark = pytest.mark.django_db
CLOSE = MilestoneKind.APPLICATIONS_CLOSE


def closes(cohort: Cohort, **later: float) -> datetime:
    at = timezone.now() + timedelta(**later)
    Milestone.objects.filter(cohort=cohort, kind=CLOSE).update(at=at)
    return at


def reminded(now: datetime) -> list[tuple[str, str]]:
    return [(due.person.name, due.key.rpartition(":")[2]) for due in drafts_due(now)]


def test_only_drafts_are_reminded_three_days_and_one_day_before_the_close() -> None:
    cohort = make.make_cohort()
    make.make_application(cohort, make.make_person("Ada"), submitted=False)
    make.make_application(cohort, make.make_person("Ben"))
    gone = make.make_application(cohort, make.make_person("Cleo"), submitted=False)
    withdraw_application(application=gone, by=gone.person)
    at = closes(cohort, days=10)
    day, second = timedelta(days=1), timedelta(seconds=1)
    assert reminded(at - 3 * day - second) == []
    assert reminded(at - 3 * day) == [("Ada", "T-3d")]
    assert reminded(at - day) == [("Ada", "T-1d")]
    assert reminded(at) == []


def test_reminder_is_for_the_own_extension_and_not_sent_once_submitted() -> None:
    cohort, rui = make.make_cohort(), make.make_person("Rui")
    ada = make.make_application(cohort, submitted=False)
    at = closes(cohort, hours=12)
    Extension.objects.create(
        cohort=cohort, kind=CLOSE, person=ada.person, at=at + timedelta(days=9), reason="ill", given_by=rui
    )
    assert reminded(timezone.now()) == []
    Extension.objects.all().delete()
    plan_reminders()
    plan_reminders()
    letter = Letter.objects.get(kind="application not submitted")
    assert "is not submitted yet" in letter.text
    assert is_still_a_draft(letter)
    submit_application(application=ada, by=ada.person)
    assert not is_still_a_draft(letter)


def test_those_who_asked_are_reminded_unless_they_have_begun() -> None:
    cohort = make.make_cohort()
    make.make_application(cohort, make.make_person("Ada", email="ada@example.org"), submitted=False)
    for email, wants in (("ada@example.org", True), ("ben@example.org", True), ("cleo@example.org", False)):
        Interest.objects.create(cohort=cohort, name=email[:3].title(), email=email, wants_reminders=wants)
    closes(cohort, days=2)
    assert [due.address for due in interest_due(timezone.now())] == ["ben@example.org"]
    plan_reminders()
    letter = Letter.objects.get(kind="applications close soon")
    assert (letter.address, letter.recipient) == ("ben@example.org", None)
    assert letter.text.startswith("Dear Ben")


def test_own_data_holds_every_answer_and_no_ones_scores() -> None:
    application = make.make_application(make.make_cohort(), make.make_person("Ada"))
    Application.objects.update(review_count=3, review_mean="4.20")
    found = personal_data(application.person)
    assert "What I think: motivation." in str(found["applications"][0]["draft"])
    assert found["applications"][0]["submissions"][0]["digest"] == application.submissions.get().digest
    assert "4.20" not in str(found)


def test_report_counts_and_hides_what_points_at_a_person() -> None:
    cohort = make.make_cohort()
    for number in range(7):
        make.make_application(cohort, make.make_person(f"Ada {number}"), submitted=number > 0)
    Application.objects.filter(person__name="Ada 1").update(education=9)
    report = compile_applicants(cohort)
    assert "6 people submitted an application, of 7 who started one." in report.answer
    assert "“No degree” (n = 6, 0 not known)" in report.answer
    education: Any = next(figure for figure in report.figures if figure.title.startswith("Highest"))
    assert 1 not in [line.count for line in education.lines]
    assert [row[2:] for row in report.tables[0].rows] == [(6, 6)]


def test_report_of_an_empty_cohort_can_be_compiled() -> None:
    assert compile_applicants(make.make_cohort()).answer.startswith("0 people submitted")


def labels(person: Person, words: str) -> list[str]:
    return [item.label for item in jump(Person.objects.get(pk=person.pk), words)]


def test_jump_finds_names_of_whom_one_may_read_and_never_answers() -> None:
    world = World()
    make.make_application(world.cohort, make.make_person("Zoltán Elsewhere"), [make.make_stream(world.cohort)])
    assert world.application
    for role, found in (("mentor", ["Ada, application to Winter"]), ("nobody", []), ("applicant", [])):
        assert labels(world.person(role), "ada") == found, role
    assert labels(world.person("staff"), "zolt") == ["Zoltán Elsewhere, application to Winter"]
    assert labels(world.person("mentor"), "zolt") == []
    assert labels(world.person("staff"), "think") == []


def test_declared_conflict_hides_the_application_everywhere() -> None:
    world = World()
    assert world.application
    for role in ("mentor", "staff"):
        person = world.person(role)
        assert labels(person, "ada") == ["Ada, application to Winter"]
        declare_conflict(application=world.application, person=person, kind=next(iter(ConflictKind)), by=person)
        assert labels(person, "ada") == []
        assert signed_in_client(person).get(world.application.get_absolute_url()).status_code == 404


def test_buttons_of_a_cohort_fit_its_reader_and_the_time() -> None:
    world, now = World(), timezone.now()

    def buttons(person: object) -> list[str]:
        return [item.label for item in cohort_actions(person, world.cohort, now)]

    assert world.application
    assert buttons(AnonymousUser()) == ["Apply"]
    assert buttons(world.person("nobody")) == ["Apply"]
    assert buttons(world.person("applicant")) == ["My application"]
    assert buttons(world.person("mentor")) == []
    closes(world.cohort, days=-1)
    assert buttons(AnonymousUser()) == buttons(world.person("nobody")) == []


def test_menu_is_the_applicants_own_or_the_staffs_table() -> None:
    world = World()
    assert world.application
    found = {role: [item.label for item in menu(world.person(role))] for role in ("nobody", "applicant", "staff")}
    assert found == {"nobody": [], "applicant": ["My application"], "staff": []}
    staffs = cohort_menu(world.person("staff"), world.cohort)
    assert [item.label for item in staffs] == ["Applications", "Import"]
    assert cohort_menu(world.person("mentor"), world.cohort) == []
