"""Visas: what the scholar says, what staff see, and who never learns of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mats_portal.cohorts.models import Cohort, Milestone
from mats_portal.cohorts.states import MilestoneKind
from mats_portal.journal.models import Entry
from mats_portal.outbox.services import write_letter
from scholars.models import Scholar
from scholars.visas.dashboard import cohort_queues, sections
from scholars.visas.erasing import STEPS, erase, kept, preview
from scholars.visas.errors import NotComing, StepsOutOfOrder, StepsWithoutNeed
from scholars.visas.letters import REMINDER, due, is_still_unsaid
from scholars.visas.models import Visa
from scholars.visas.privacy import personal_data
from scholars.visas.reports import compile_visas
from scholars.visas.selectors import visa_rows
from scholars.visas.services import Steps, keep_visa
from scholars.visas.states import Need, Step
from tests import make
from tests.conftest import SignIn
from tests.scholars.world import fresh, make_led_stream, make_scholar, make_staff

pytestmark = pytest.mark.django_db
MAY = [date(2026, 5, day) for day in (1, 8, 20)]


def make_coming(name: str = "Sam", *, starts_in: int = 90) -> tuple[Cohort, Scholar]:
    """A scholar who has just accepted; the in-person phase begins in so many days."""
    cohort = make.make_cohort(site="Berkeley")
    set_start(cohort, starts_in)
    return cohort, make_scholar(make_led_stream(cohort, seats=20), name)


def set_start(cohort: Cohort, days: int) -> None:
    at = timezone.now() + timedelta(days=days, hours=1)
    Milestone.objects.filter(cohort=cohort, kind=MilestoneKind.IN_PERSON_STARTS).update(at=at)


def say(scholar: Scholar, need: Need = Need.NEEDED, **days: date) -> Visa:
    """The scholar says it."""
    return keep_visa(scholar=scholar, steps=Steps(need, **days), by=scholar.person)


@pytest.mark.parametrize(
    ("need", "days", "step"),
    [
        (Need.NONE, {}, Step.NONE),
        (Need.UNSURE, {}, Step.UNSURE),
        (Need.NEEDED, {}, Step.NEEDED),
        (Need.NEEDED, {"letter_on": MAY[0]}, Step.LETTER),
        (Need.NEEDED, {"letter_on": MAY[0], "filed_on": MAY[1]}, Step.FILED),
        (Need.NEEDED, {"filed_on": MAY[1], "granted_on": MAY[2]}, Step.GRANTED),
        (Need.NEEDED, {"filed_on": MAY[1], "refused_on": MAY[2]}, Step.REFUSED),
    ],
)
def test_the_step_is_worked_out_from_the_days(need: Need, days: dict[str, date], step: Step) -> None:
    _, sam = make_coming()
    assert say(sam, need, **days).step == step
    assert Visa.objects.get().step == step


def test_what_does_not_fit_together_is_refused_by_service_and_database() -> None:
    _, sam = make_coming()
    with pytest.raises(StepsWithoutNeed):
        say(sam, Need.NONE, filed_on=MAY[0])
    orders: list[dict[str, Any]] = [
        {"granted_on": MAY[1]},
        {"filed_on": MAY[1], "granted_on": MAY[0]},
        {"filed_on": MAY[0], "granted_on": MAY[1], "refused_on": MAY[1]},
    ]
    for days in orders:
        with pytest.raises(StepsOutOfOrder):
            say(sam, **days)
    say(sam)
    wrongs: list[dict[str, Any]] = [
        {"need": "none", "filed_on": MAY[0]},
        {"filed_on": MAY[1], "granted_on": MAY[0]},
        {"filed_on": MAY[0], "granted_on": MAY[1], "refused_on": MAY[1]},
    ]
    for wrong in wrongs:
        with pytest.raises(IntegrityError), transaction.atomic():
            Visa.objects.update(**wrong)
    Scholar.objects.update(state="left", ended_at=Now())
    with pytest.raises(NotComing):
        say(sam)


def test_the_journal_tells_that_it_was_kept_and_not_what() -> None:
    _, sam = make_coming()
    say(sam)
    assert Entry.objects.get(verb="keep visa").facts == {}


def test_a_scholar_is_asked_at_home_until_it_is_settled() -> None:
    _, sam = make_coming()
    now, person = timezone.now(), fresh(sam.person)
    assert [one.heading for one in sections(person, now)] == ["Do you need a visa?"]
    say(sam, letter_on=MAY[0])
    assert [one.heading for one in sections(person, now)] == ["Your visa: letter of invitation sent"]
    assert sections(person, now + timedelta(days=200)) == []
    say(sam, Need.NONE)
    assert sections(person, now) == []
    assert sections(make.make_person("Nobody"), now) == []


def test_staff_are_pressed_in_the_last_eight_weeks() -> None:
    cohort, sam = make_coming(starts_in=90)
    rui, now = make_staff(cohort), timezone.now()
    (queue,) = cohort_queues(rui, cohort, now)
    assert (queue.count, queue.is_stuck) == (1, False)
    (row,) = visa_rows(rui, cohort)
    assert (row.step, row.lead_days, row.is_short) == (Step.UNSAID, 90, False)
    set_start(cohort, 55)
    (queue,) = cohort_queues(rui, cohort, now)
    assert (queue.is_stuck, queue.headline) == (True, "1 visa is not settled, 55 days before the start")
    assert visa_rows(rui, cohort)[0].is_short
    say(sam, filed_on=MAY[1], granted_on=MAY[2])
    assert cohort_queues(rui, cohort, now)[0].count == 0
    assert cohort_queues(rui, cohort, now + timedelta(days=60)) == []


def test_what_needs_somebody_stands_first() -> None:
    cohort, sam = make_coming()
    sue, sal = (make_scholar(sam.stream, name) for name in ("Sue", "Sal"))
    say(sue, filed_on=MAY[0], refused_on=MAY[1])
    say(sal, Need.NONE)
    assert [row.scholar.person.name for row in visa_rows(make_staff(cohort), cohort)] == ["Sue", "Sam", "Sal"]


def test_only_those_who_have_not_said_are_reminded_once() -> None:
    cohort, sam = make_coming()
    now = timezone.now()
    assert list(due(now)) == []
    (one,) = due(now + timedelta(days=3, minutes=1))
    assert one.person == sam.person
    from_kind = due(now + timedelta(days=200))
    assert list(from_kind) == []
    letter = write_letter(
        kind=REMINDER.letter, key=one.key, to=one.person, facts=one.facts, cohort=cohort, about=one.about
    )
    assert "Only programme staff read it" in letter.text
    assert is_still_unsaid(letter)
    say(sam, Need.NONE)
    assert not is_still_unsaid(letter)
    assert list(due(now + timedelta(days=3, minutes=1))) == []


def test_the_report_hides_small_counts() -> None:
    cohort, sam = make_coming()
    assert "is not shown, because few people are" in compile_visas(cohort).answer
    assert compile_visas(cohort).figures[0].lines == ()  # type: ignore[union-attr]
    for number in range(6):
        say(make_scholar(sam.stream, f"Sue{number}"), Need.NONE)
    report = compile_visas(cohort)
    assert "is not shown" in report.answer
    shown = {line.label: line.count for line in report.figures[0].lines}  # type: ignore[union-attr]
    assert shown[Step.UNSAID.label] is None
    for number in range(4):
        say(make_scholar(sam.stream, f"Sal{number}"))
    assert "is not shown" in compile_visas(cohort).answer  # The six who need none protect those who are few.
    for number in range(5):
        say(make_scholar(sam.stream, f"Sid{number}"))
    keep_visa(scholar=sam, steps=Steps(Need.NEEDED), by=sam.person)
    assert compile_visas(cohort).answer == "6 of 16 scholars need no visa or have it."
    assert compile_visas(make.make_cohort()).answer.startswith("Nobody is in the programme")


def test_the_answer_of_the_report_does_not_tell_a_count_that_its_figure_hides() -> None:
    cohort, sam = make_coming()
    for number in range(9):
        say(make_scholar(sam.stream, f"Sue{number}"), Need.NONE)
    for number in range(3):
        say(make_scholar(sam.stream, f"Sal{number}"), filed_on=MAY[0], granted_on=MAY[1])
    for number in range(5):
        make_scholar(sam.stream, f"Sid{number}")
    report = compile_visas(cohort)
    shown = {line.label: line.count for line in report.figures[0].lines}  # type: ignore[union-attr]
    assert (shown[Step.NONE.label], shown[Step.GRANTED.label]) == (9, None)
    assert "12 of 18" not in report.answer


def test_it_is_in_ones_own_data_and_goes_with_its_person_or_the_cohorts_answers() -> None:
    cohort, sam = make_coming()
    assert kept(sam.person) == []
    say(sam, letter_on=MAY[0])
    assert personal_data(sam.person)["visas"][0]["letter_on"] == MAY[0]
    assert kept(sam.person)
    assert (preview(sam.person)[0].count, STEPS.preview(cohort, [])[0].count) == (1, 1)
    assert STEPS.purge(cohort, []) == (1, 1)
    say(sam)
    erase(sam.person)
    assert not Visa.objects.exists()


def test_scholar_and_staff_keep_it_on_pages(sign_in: SignIn) -> None:
    cohort, sam = make_coming(starts_in=40)
    rui = make_staff(cohort)
    scholar, staff = sign_in(sam.person), sign_in(rui)
    own = reverse("visas:own")
    assert "There is little time" in scholar.get(own).text
    assert scholar.post(own, {"need": "maybe"}).status_code == 400
    answer = scholar.post(own, {"need": "needed", "granted_on": "2026-05-01"})
    assert "after the day it was applied for" in answer.text
    assert "2026-05-01" in answer.text
    assert scholar.post(own, {"need": "needed"}).status_code == 302
    listing = reverse("visas:visas", args=[cohort.slug])
    assert "1 of 1 not settled, 40 days before the in-person start" in " ".join(staff.get(listing).text.split())
    one = reverse("visas:visa", args=[cohort.slug, sam.code])
    assert staff.post(one, {"need": "needed", "letter_on": "2026-05-01"}).status_code == 302
    assert scholar.post(own, {"need": "needed", "filed_on": "2026-05-08"}).status_code == 302
    visa = Visa.objects.get()
    assert (visa.letter_on, visa.filed_on) == (MAY[0], MAY[1])  # The scholar's page leaves the letter's day alone.
    assert "1 May 2026" in scholar.get(own).text
    assert scholar.post(own, {"need": "none"}).status_code == 302
    assert "There is little time" not in scholar.get(own).text


def test_two_pages_of_one_visa_do_not_overwrite_each_other(sign_in: SignIn) -> None:
    cohort, sam = make_coming()
    say(sam)
    scholar, staff = sign_in(sam.person), sign_in(make_staff(cohort))
    own, one = reverse("visas:own"), reverse("visas:visa", args=[cohort.slug, sam.code])
    seen = {url: client.get(url).context["form"]["seen"].value() for url, client in ((own, scholar), (one, staff))}
    answer = scholar.post(own, {"need": "needed", "filed_on": "2026-05-08", "seen": seen[own]})
    assert answer.status_code == 302
    late = staff.post(one, {"need": "needed", "letter_on": "2026-05-01", "seen": seen[one]})
    assert (late.status_code, "changed meanwhile" in late.text) == (409, True)
    assert late.context["form"]["filed_on"].value() == MAY[1]
    visa = Visa.objects.get()
    assert (visa.letter_on, visa.filed_on) == (None, MAY[1])
    again = {"need": "needed", "letter_on": "2026-05-01", "filed_on": "2026-05-08"}
    again["seen"] = late.context["form"]["seen"].value()
    assert staff.post(one, again).status_code == 302
    visa.refresh_from_db()
    assert (visa.letter_on, visa.filed_on) == (MAY[0], MAY[1])


def test_the_list_asks_the_same_for_few_and_for_many(sign_in: SignIn) -> None:
    cohort, sam = make_coming()
    client, counts = sign_in(make_staff(cohort)), []
    url = reverse("visas:visas", args=[cohort.slug])
    client.get(url)
    for more in (0, 6):
        for number in range(more):
            say(make_scholar(sam.stream, f"Sue{number}"))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12
