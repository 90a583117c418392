"""Referrals: nothing is shared without the applicant's yes, and nothing that they have not read before."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from applications.models import Application
from applications.services import withdraw_application
from mats_portal.cohorts.models import Cohort
from mats_portal.journal.models import Entry
from mats_portal.outbox.models import Letter
from mats_portal.outbox.services import deliver_letters
from mats_portal.people.models import Person
from mentors.referrals.dashboard import sections
from mentors.referrals.erasing import WORDS, erase, kept, preview
from mentors.referrals.errors import (
    NotAgreed,
    NothingSaid,
    NothingSubmitted,
    NotRejected,
    OrganisationThere,
    ReferralOver,
    ReferredAlready,
    SaysNothing,
)
from mentors.referrals.models import Consent, Organisation, Referral
from mentors.referrals.privacy import personal_data
from mentors.referrals.selectors import people_to_refer, referrals_visible_to
from mentors.referrals.services import (
    add_organisation,
    announce_referral,
    choose_organisations,
    end_organisation,
    share_referrals,
    stop_referral,
)
from mentors.referrals.states import WAIT, ReferralState
from mentors.referrals.tasks import share
from mentors.services import declare_conflict, make_offer
from mentors.states import ConflictKind, DecisionKind
from tests import make
from tests.conftest import SignIn
from tests.mentors import world

pytestmark = pytest.mark.django_db
TEXT = "She found the case in which the test could not fail, and said so in two lines."


def make_listed(cohort: Cohort | None = None, name: str = "Lab") -> tuple[Cohort, Organisation, Person]:
    """A cohort with an organisation on its list."""
    cohort = cohort or make.make_cohort("Winter")
    rui = world.make_staff(cohort)
    made = add_organisation(
        cohort=cohort, name=name, email=f"{name}@Example.org", purpose="They look for engineers.", by=rui
    )
    return cohort, made, rui


def make_agreed(name: str = "Ada") -> tuple[Application, Organisation, Person]:
    """Ada was told that there is no seat for her, and agreed to be named to Lab."""
    cohort, lab, rui = make_listed()
    ada = world.make_applicant(cohort, name=name)
    world.make_told(ada)
    choose_organisations(application=ada, codes=[lab.code], by=ada.person)
    return ada, lab, rui


def announced() -> tuple[Referral, Application, Organisation, Person]:
    """Rui has written of Ada to Lab; she can read it."""
    ada, lab, rui = make_agreed()
    return announce_referral(application=ada, organisation=lab, text=TEXT, by=rui), ada, lab, rui


def days_pass() -> None:
    """The applicant had time to read."""
    Referral.objects.update(announced_at=F("announced_at") - WAIT, goes_at=F("goes_at") - WAIT)


def state_of(referral: Referral) -> str:
    referral.refresh_from_db()
    return referral.state


def test_the_applicant_reads_it_first_and_two_days_later_it_is_shared() -> None:
    referral, ada, _, _ = announced()
    (letter,) = Letter.objects.all()
    assert (letter.recipient, TEXT in letter.text, ada.person.email in letter.text) == (ada.person, True, True)
    assert (share_referrals(), state_of(referral)) == (0, ReferralState.ANNOUNCED)
    days_pass()
    share()
    assert (share_referrals(), state_of(referral)) == (0, ReferralState.SHARED)
    assert (referral.shared_name, referral.shared_email) == ("Ada", ada.person.email)
    deliver_letters()
    (sent,) = (one for one in mail.outbox if one.to != [ada.person.email])
    assert "lab@example.org" in sent.to[0]
    assert TEXT in sent.body
    assert "Ada" not in sent.subject
    assert not Letter.objects.filter(kind="referral", text__contains=TEXT).exists()  # Wiped once sent.
    choose_organisations(application=ada, codes=[], by=ada.person)
    assert "Please delete our letter" in Letter.objects.get(kind="referral taken back").text
    assert referral.code in Letter.objects.get(kind="referral taken back").text


@pytest.mark.parametrize("how", ["consent", "stopped", "organisation", "withdrawn"])
def test_what_is_stopped_before_its_time_reaches_nobody(how: str) -> None:
    referral, ada, lab, rui = announced()
    if how == "consent":
        choose_organisations(application=ada, codes=[], by=ada.person)
    elif how == "stopped":
        stop_referral(referral=referral, by=ada.person)
    elif how == "organisation":
        end_organisation(organisation=lab, by=rui)
    else:
        withdraw_application(application=ada, by=ada.person)
    days_pass()
    assert share_referrals() == 0
    assert not Letter.objects.filter(address__icontains="lab@").exists()
    if how == "stopped":
        with pytest.raises(ReferralOver):
            stop_referral(referral=referral, by=rui)


def test_whoever_is_offered_a_seat_meanwhile_is_not_named_as_somebody_without_one() -> None:
    cohort, lab, rui = make_listed()
    stream = make.make_stream(cohort, "Interp A")
    ada = world.make_applicant(cohort, stream)
    world.make_mentor(stream)
    world.make_told(ada)
    choose_organisations(application=ada, codes=[lab.code], by=ada.person)
    referral = announce_referral(application=ada, organisation=lab, text=TEXT, by=rui)
    offer = make_offer(application=ada, stream=stream, reason="A seat fell free.", by=rui)
    world.release_offer(offer, rui)
    days_pass()
    assert (share_referrals(), state_of(referral)) == (0, ReferralState.STOPPED)
    assert not Letter.objects.filter(address__icontains="lab@").exists()
    assert Entry.objects.filter(verb="stop referral", actor=None).count() == 1


@pytest.mark.parametrize("how", ["withdrawn", "organisation", "both"])
def test_whoever_has_a_letter_is_asked_to_delete_it_whatever_ended_before(how: str) -> None:
    _, ada, lab, rui = announced()
    days_pass()
    share()
    deliver_letters()
    if how in ("organisation", "both"):
        end_organisation(organisation=lab, by=rui)
    assert not Letter.objects.filter(kind="referral taken back").exists()
    if how in ("withdrawn", "both"):
        withdraw_application(application=ada, by=ada.person)
    erase(ada.person)
    assert Letter.objects.filter(kind="referral taken back", address="lab@example.org").count() == 1


def test_a_yes_can_be_taken_back_from_an_organisation_that_is_off_the_list(sign_in: SignIn) -> None:
    referral, ada, lab, rui = announced()
    days_pass()
    share()
    deliver_letters()
    end_organisation(organisation=lab, by=rui)
    client, url = sign_in(ada.person), reverse("referrals:own", args=[ada.cohort.slug])
    assert lab.purpose in client.get(url).text
    assert client.post(url, {"organisations": [lab.code]}).status_code == 302
    assert not Letter.objects.filter(kind="referral taken back").exists()
    assert client.post(url, {}).status_code == 302
    assert Letter.objects.filter(kind="referral taken back").count() == 1
    assert lab.purpose not in client.get(url).text
    assert (Consent.objects.given().count(), state_of(referral)) == (0, ReferralState.SHARED)


def test_a_yes_taken_back_before_the_letter_left_stops_the_letter() -> None:
    referral, ada, _, _ = announced()
    days_pass()
    share()
    choose_organisations(application=ada, codes=[], by=ada.person)
    assert state_of(referral) == ReferralState.STOPPED
    assert Letter.objects.get(kind="referral").state == "cancelled"
    assert not Letter.objects.filter(kind="referral taken back").exists()


def test_nothing_is_written_of_whom_did_not_agree_or_was_not_told() -> None:
    cohort, lab, rui = make_listed()
    ada = world.make_applicant(cohort)
    facts: dict[str, Any] = {"application": ada, "organisation": lab, "by": rui}
    with pytest.raises(NotRejected):
        announce_referral(text=TEXT, **facts)
    choose_organisations(application=ada, codes=[lab.code, "unknown"], by=ada.person)
    assert people_to_refer(rui, cohort) == []
    world.make_told(ada)
    other = add_organisation(cohort=cohort, name="Other", email="o@example.org", purpose="Writers.", by=rui)
    with pytest.raises(NotAgreed):
        announce_referral(text=TEXT, application=ada, organisation=other, by=rui)
    for text, refusal in ((" ", NothingSaid), ("We were very impressed by her.", SaysNothing)):
        with pytest.raises(refusal):
            announce_referral(text=text, **facts)
    announce_referral(text=TEXT, **facts)
    with pytest.raises(ReferredAlready):
        announce_referral(text=TEXT, **facts)
    with pytest.raises(OrganisationThere):
        add_organisation(cohort=cohort, name="Other", email="x@example.org", purpose="Writers.", by=rui)


def test_only_whose_application_it_is_agrees_and_only_once_it_is_in() -> None:
    cohort, lab, rui = make_listed()
    ada = world.make_applicant(cohort)
    with pytest.raises(NothingSubmitted):
        choose_organisations(application=ada, codes=[lab.code], by=rui)
    withdraw_application(application=ada, by=ada.person)
    with pytest.raises(NothingSubmitted):
        choose_organisations(application=ada, codes=[lab.code], by=ada.person)


def test_the_database_keeps_the_two_days() -> None:
    referral, _, _, _ = announced()
    wrongs: list[dict[str, Any]] = [{"goes_at": Now()}, {"state": "shared", "shared_at": Now()}]
    for wrong in wrongs:
        with pytest.raises(IntegrityError), transaction.atomic():
            Referral.objects.filter(pk=referral.pk).update(**wrong)


def test_whom_staff_are_tied_to_is_not_there_for_them() -> None:
    referral, ada, _, rui = announced()
    assert [one.pk for one in people_to_refer(rui, ada.cohort)] == [ada.pk]
    declare_conflict(application=ada, person=rui, kind=ConflictKind.FRIEND, by=rui)
    rui = world.fresh(rui)
    assert people_to_refer(rui, ada.cohort) == []
    assert not referrals_visible_to(rui).exists()
    assert referrals_visible_to(ada.person).get() == referral


def test_the_home_asks_everybody_alike_until_offers_are_out() -> None:
    cohort, lab, rui = make_listed()
    stream = make.make_stream(cohort, seats=1)
    ada, bo = (world.make_applicant(cohort, stream, name=name) for name in ("Ada", "Bo"))
    now = timezone.now()
    headings = [[one.heading for one in sections(person, now)] for person in (ada.person, bo.person, rui)]
    assert headings == [["May we name you to others?"], ["May we name you to others?"], []]
    world.rank(stream, rui, ada)
    world.release_round(cohort, rui)
    assert sections(ada.person, now) == []
    choose_organisations(application=bo, codes=[lab.code], by=bo.person)
    assert sections(bo.person, now)[0].context["given"] == "1 organisation"


def test_own_data_and_erasure_hold_every_word() -> None:
    _, ada, _, _ = announced()
    days_pass()
    share()
    deliver_letters()
    (given,) = personal_data(ada.person)["referral_consents"]
    assert (given["organisation"], given["withdrawn_at"]) == ("Lab", None)
    assert personal_data(ada.person)["referrals"][0]["text"] == TEXT
    assert kept(ada.person)
    assert [part.count for part in preview(ada.person)] == [1, 1]
    erase(ada.person)
    assert not Referral.objects.exists()
    assert not Consent.objects.exists()
    assert Letter.objects.filter(kind="referral taken back").exists()
    assert kept(ada.person) == []


def test_words_go_with_the_cohorts_sensitive_answers() -> None:
    referral, ada, _, _ = announced()
    days_pass()
    share()
    assert WORDS.preview(ada.cohort, [])[0].count == 1
    assert WORDS.purge(ada.cohort, []) == (1, 1)
    assert WORDS.purge(ada.cohort, []) == (0, 0)
    assert (state_of(referral), referral.text, referral.shared_email) == (ReferralState.SHARED, "", "")


def test_a_referral_whose_words_are_gone_does_not_leave() -> None:
    referral, ada, _, _ = announced()
    assert WORDS.purge(ada.cohort, []) == (1, 1)
    days_pass()
    assert (share_referrals(), state_of(referral)) == (0, ReferralState.STOPPED)
    assert not Letter.objects.filter(kind="referral").exists()


def test_applicant_and_staff_do_all_of_it_on_pages(sign_in: SignIn) -> None:
    cohort = make.make_cohort("Winter")
    rui = world.make_staff(cohort)
    ada = world.make_applicant(cohort)
    staff, applicant = sign_in(rui), sign_in(ada.person)
    listing, own = (reverse(f"referrals:{name}", args=[cohort.slug]) for name in ("referrals", "own"))
    assert "No organisation is on the list" in applicant.get(own).text
    assert staff.post(listing, {"name": "Lab"}).status_code == 400
    facts = {"name": "Lab", "email": "lab@example.org", "purpose": "Engineers."}
    assert staff.post(listing, facts).status_code == 302
    assert "of this name is on the list" in staff.post(listing, facts).text
    lab = Organisation.objects.get()
    assert applicant.post(own, {"organisations": "nonsense"}).status_code == 400
    assert applicant.post(own, {"organisations": lab.code}).status_code == 302
    assert "those you choose: 1 organisation." in " ".join(applicant.get("/").text.split())
    refer = reverse("referrals:refer", args=[cohort.slug, ada.code])
    assert staff.get(refer).status_code == 404
    assert "Nobody yet" in staff.get(listing).text
    world.make_told(ada)
    assert "Not reviewed" in staff.get(listing).text
    hollow = {"organisation": lab.code, "text": "An impressive profile."}
    answer = staff.post(refer, hollow)
    assert "tells its reader nothing" in answer.text
    assert "An impressive profile." in answer.text
    assert staff.post(refer, {"organisation": lab.code, "text": TEXT}).status_code == 302
    assert TEXT in applicant.get(own).text
    assert "Everything is said" in staff.get(refer).text
    code = Referral.objects.get().code
    assert "Stopped" in applicant.post(reverse("referrals:stop_own", args=[cohort.slug, code]), follow=True).text
    assert "This has left" in staff.post(reverse("referrals:stop", args=[cohort.slug, code]), follow=True).text
    end = reverse("referrals:end", args=[cohort.slug, lab.code])
    assert "off the list" in staff.post(end, follow=True).text


def test_the_pages_ask_the_same_for_few_and_for_many(sign_in: SignIn) -> None:
    ada, lab, rui = make_agreed()
    client, counts = sign_in(rui), []
    url = reverse("referrals:referrals", args=[ada.cohort.slug])
    announce_referral(application=ada, organisation=lab, text=TEXT, by=rui)
    client.get(url)
    for names in ((), ("Bo", "Cy", "Di")):
        others = [world.make_applicant(ada.cohort, name=name) for name in names]
        if others:
            world.release_all(ada.cohort, rui, DecisionKind.REJECTION)
        for one in others:
            choose_organisations(application=one, codes=[lab.code], by=one.person)
            announce_referral(application=one, organisation=lab, text=TEXT, by=rui)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_the_answer_leads_to_the_choice_where_there_is_one(sign_in: SignIn) -> None:
    cohort = make.make_cohort("Winter")
    ada = world.make_applicant(cohort)
    world.make_told(ada)
    client, choice = sign_in(ada.person), reverse("referrals:own", args=[cohort.slug])
    answer = reverse("mentors:own_decision", args=[cohort.slug])
    assert choice not in client.get(answer).text
    make_listed(cohort)
    assert choice in client.get(answer).text
    withdraw_application(application=ada, by=ada.person)
    assert choice not in client.get(answer).text
