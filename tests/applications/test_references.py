from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from applications.errors import (
    AlreadyAsked,
    AskedTooOften,
    NotYours,
    OwnAddress,
    ReferenceClosed,
    ReferencesClosed,
    TooManyReferences,
)
from applications.models import Application, Reference, ReferenceLetter
from applications.privacy import CONFIDENTIAL, personal_data
from applications.reminders import references_due
from applications.selectors import letters_about, references_of
from applications.services import (
    answer_reference,
    ask_reference,
    decline_reference,
    send_reference_again,
    take_back_reference,
    withdraw_application,
)
from applications.services.references import MOST_A_DAY, MOST_AN_HOUR, MOST_NAMED
from applications.states import ReferenceKind, ReferenceState
from applications.tokens import hash_of, token_of
from mats_portal.cohorts.models import Extension, Milestone
from mats_portal.cohorts.states import MilestoneKind
from mats_portal.journal.models import Entry
from mats_portal.outbox.models import Letter
from mats_portal.outbox.services import deliver_letters
from mats_portal.people.invitations import hash_of as hash_of_invitation
from tests import make

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def application() -> Application:
    """Ada's application, submitted."""
    return make.make_application(make.make_cohort())


def ask(application: Application, email: str = "prof@example.org", **more: Any) -> Reference:
    by = more.pop("by", application.person)
    return ask_reference(application=application, name="Prof", email=email, kind=ReferenceKind.UNKNOWN, by=by)


def answer(reference: Reference, text: str = "She is careful.") -> ReferenceLetter:
    return answer_reference(reference=reference, relationship="Her supervisor", text=text)


def set_date(application: Application, kind: MilestoneKind, **later: float) -> None:
    at = timezone.now() + timedelta(**later)
    Milestone.objects.update_or_create(cohort=application.cohort, kind=kind, defaults={"at": at})


def rested(reference: Reference) -> None:
    Reference.objects.filter(pk=reference.pk).update(sent_at=timezone.now() - timedelta(hours=1))


def test_referee_gets_a_link_of_which_only_the_hash_is_kept(application: Application) -> None:
    reference = ask(application, "Prof@Example.org ")
    token = token_of(reference.code)
    letter = Letter.objects.get(kind="reference request")
    assert (letter.address, letter.recipient) == ("prof@example.org", None)
    assert f"/references/{token}/" in letter.text
    assert reference.token_hash == hash_of(token)
    assert len(token) == 43
    kept = [str(value) for row in Reference.objects.values() for value in row.values()]
    kept += [str(row) for row in Entry.objects.values()]
    assert not [value for value in kept if token in value]


def test_token_of_one_kind_is_nothing_as_another(application: Application) -> None:
    token = token_of(ask(application).code)
    assert hash_of(token) != hash_of_invitation(token)
    assert token_of("another") != token


def test_at_most_two_are_asked_and_nobody_twice_or_oneself(application: Application) -> None:
    first = ask(application)
    with pytest.raises(AlreadyAsked):
        ask(application, "PROF@example.org")
    with pytest.raises(OwnAddress):
        ask(application, application.person.email.upper())
    with pytest.raises(NotYours):
        ask(application, "x@example.org", by=make.make_person("Nobody"))
    second = ask(application, "second@example.org")
    with pytest.raises(TooManyReferences):
        ask(application, "third@example.org")
    take_back_reference(reference=first, by=application.person)
    third = ask(application, "third@example.org")
    assert (first.place, second.place, third.place) == (1, 2, 1)


def test_link_is_sent_again_after_an_hour_and_three_times_in_all(application: Application) -> None:
    reference = ask(application)
    with pytest.raises(AskedTooOften):
        send_reference_again(reference=reference, by=application.person)
    for count in (2, 3):
        rested(reference)
        assert send_reference_again(reference=reference, by=application.person).sent_count == count
    rested(reference)
    with pytest.raises(AskedTooOften):
        send_reference_again(reference=reference, by=application.person)
    texts = Letter.objects.filter(kind="reference request").values_list("text", flat=True)
    assert [token_of(reference.code) in text for text in texts] == [True, True, True]


def test_nobody_floods_the_world_or_one_address_with_requests(application: Application) -> None:
    for number in range(MOST_AN_HOUR):
        take_back_reference(reference=ask(application, f"{number}@example.org"), by=application.person)
    with pytest.raises(AskedTooOften, match="hour"):
        ask(application, "more@example.org")
    Reference.objects.update(sent_at=timezone.now() - 2 * DAY)
    for number in range(MOST_AN_HOUR, MOST_NAMED):
        take_back_reference(reference=ask(application, f"{number}@example.org"), by=application.person)
    with pytest.raises(AskedTooOften, match="as many people"):
        ask(application, "more@example.org")
    cohort = application.cohort
    others = [
        Reference(
            application=make.make_application(cohort, submitted=False),
            place=1,
            name="Prof",
            email="popular@example.org",
            kind=ReferenceKind.UNKNOWN,
            token_hash=str(number),
        )
        for number in range(MOST_A_DAY)
    ]
    Reference.objects.bulk_create(others)
    with pytest.raises(AskedTooOften, match="tomorrow"):
        ask(make.make_application(cohort, submitted=False), "popular@example.org")


def test_references_are_taken_14_days_after_the_own_close_or_as_the_cohort_says(application: Application) -> None:
    reference, rui = ask(application), make.make_person("Rui")
    set_date(application, MilestoneKind.APPLICATIONS_CLOSE, days=-14, seconds=-1)
    with pytest.raises(ReferencesClosed):
        answer(reference)
    with pytest.raises(ReferencesClosed):
        ask(application, "late@example.org")
    cohort, person, at = application.cohort, application.person, timezone.now() - 13 * DAY
    kind = MilestoneKind.APPLICATIONS_CLOSE
    own = Extension.objects.create(cohort=cohort, person=person, kind=kind, at=at, reason="Ill", given_by=rui)
    assert references_of(application).is_open
    own.delete()
    set_date(application, MilestoneKind.REFERENCES_DUE, minutes=1)
    answer(reference)
    set_date(application, MilestoneKind.REFERENCES_DUE, seconds=-1)
    with pytest.raises(ReferencesClosed):
        ask(application, "late@example.org")


def test_reference_is_answered_once_and_for_good(application: Application) -> None:
    reference = ask(application)
    letter = answer(reference)
    for act in (lambda: answer(reference, "Again"), lambda: decline_reference(reference=reference)):
        with pytest.raises(ReferenceClosed):
            act()
    with pytest.raises(ReferenceClosed):
        take_back_reference(reference=reference, by=application.person)
    with pytest.raises(ReferenceClosed):
        send_reference_again(reference=reference, by=application.person)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReferenceLetter.objects.filter(pk=letter.pk).update(text="Worse")
    with pytest.raises(IntegrityError), transaction.atomic():
        letter.delete()
    thanks = Letter.objects.get(kind="reference received")
    assert (thanks.address, "careful" in thanks.text) == ("prof@example.org", False)


def test_links_of_what_is_taken_back_or_withdrawn_are_dead(application: Application) -> None:
    reference, other = ask(application), ask(application, "other@example.org")
    take_back_reference(reference=reference, by=application.person)
    with pytest.raises(ReferenceClosed):
        answer(reference)
    withdraw_application(application=application, by=application.person)
    with pytest.raises(ReferencesClosed, match="withdrawn"):
        answer(other)
    deliver_letters()
    states = Letter.objects.filter(kind="reference request").values_list("state", flat=True)
    assert set(states) == {"cancelled"}


def test_letters_are_for_those_who_choose_once_submitted_and_never_for_the_applicant() -> None:
    application = make.make_application(make.make_cohort(), submitted=False)
    reference, rui = ask(application), make.make_person("Rui")
    answer(reference, "She is brilliant.")
    assert letters_about(application, rui) == []
    Application.objects.filter(pk=application.pk).update(state="submitted", submitted_at=timezone.now())
    application.refresh_from_db()
    assert [letter.text for letter in letters_about(application, rui)] == ["She is brilliant."]
    assert letters_about(application, application.person) == []
    own = personal_data(application.person)["applications"][0]["references"]
    assert [(one["name"], one["status"], one["letter"]) for one in own] == [("Prof", "Answered", CONFIDENTIAL)]
    assert "brilliant" not in str(personal_data(application.person))


def test_only_those_who_have_not_answered_are_reminded_while_it_is_of_use() -> None:
    cohort = make.make_cohort()
    ada, ben, cleo = (make.make_application(cohort, make.make_person(name)) for name in ("Ada", "Ben", "Cleo"))
    draft = make.make_application(cohort, make.make_person("Dan"), submitted=False)
    ask(ada, "missing@example.org")
    answer(ask(ada, "answered@example.org"))
    decline_reference(reference=ask(ben, "declined@example.org"))
    ask(cleo, "withdrawn@example.org")
    withdraw_application(application=cleo, by=cleo.person)
    ask(draft, "draft@example.org")
    Reference.objects.update(sent_at=timezone.now() - 2 * DAY)
    close = Milestone.objects.get(cohort=cohort, kind=MilestoneKind.APPLICATIONS_CLOSE).at
    due = close + 14 * DAY

    def reminded(now: Any) -> list[tuple[str, str]]:
        return [(one.address, one.key.rpartition(":")[2]) for one in references_due(now)]

    assert reminded(due - 5 * DAY - timedelta(seconds=1)) == []
    assert reminded(due - 5 * DAY) == [("missing@example.org", "T-5d")]
    assert reminded(due - DAY) == [("missing@example.org", "T-1d")]
    assert reminded(due) == []
    set_date(ada, MilestoneKind.REFERENCES_DUE, days=4)
    assert [address for address, _ in reminded(timezone.now())] == ["missing@example.org", "draft@example.org"]
    assert (
        token_of(Reference.objects.get(email="missing@example.org").code)
        in next(iter(references_due(timezone.now()))).facts["url"]
    )


def test_applicant_sees_what_became_of_each_request_in_the_same_words_for_any_letter(application: Application) -> None:
    first, second = ask(application), ask(application, "second@example.org")
    assert [one.words for one in references_of(application).asked] == ["Asked", "Asked"]
    answer(first)
    decline_reference(reference=second)
    found = references_of(application)
    assert [one.words for one in found.asked] == ["Answered", "Declined"]
    assert found.words == "1 of 2 in"
    Reference.objects.filter(pk=second.pk).update(state=ReferenceState.ASKED, closed_at=None)
    set_date(application, MilestoneKind.REFERENCES_DUE, seconds=-1)
    assert [one.words for one in references_of(application).asked] == ["Answered", "Link expired"]
