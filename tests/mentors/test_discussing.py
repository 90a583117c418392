"""A note that only its writer reads, and a discussion that opens with one's own scores."""

import pytest
from django.urls import reverse

from applications.models import Application
from mats_portal.cohorts.models import Stream
from mentors.errors import NothingSaid, NotYoursToDiscuss, TooLong
from mentors.models import Contribution, PrivateNote
from mentors.policies import can_discuss_application
from mentors.privacy import personal_data
from mentors.selectors.discussing import discussion_of
from mentors.services import contribute, declare_conflict, save_note, waive_scoring
from mentors.states import ConflictKind, WaiverReason
from tests import make
from tests.conftest import SignIn
from tests.mentors import world

pytestmark = pytest.mark.django_db


def make_applicant() -> tuple[Stream, Application]:
    """An applicant of a stream."""
    cohort = make.make_cohort()
    stream = make.make_stream(cohort, "Interp A")
    return stream, world.make_applicant(cohort, stream)


def test_the_discussion_is_closed_until_ones_own_scores_are_in() -> None:
    stream, ada = make_applicant()
    gil, mira, rui = world.make_reviewer(stream.cohort), world.make_mentor(stream), world.make_staff(stream.cohort)
    world.make_assignment(ada, gil)
    for person in (gil, mira, ada.person, make.make_person("Nobody"), world.make_staff(make.make_cohort())):
        assert not can_discuss_application(person, ada).allowed
        with pytest.raises(NotYoursToDiscuss):
            contribute(application=ada, text="Hm.", by=person)
    contribute(application=ada, text="Read the second answer again.", by=rui)
    world.make_assessment(ada, gil)
    waive_scoring(applications=[ada], reason=WaiverReason.NO_TIME, by=mira)
    assert can_discuss_application(gil, ada).allowed
    assert can_discuss_application(mira, ada).allowed
    declare_conflict(application=ada, person=gil, kind=ConflictKind.FRIEND, by=gil)
    assert not can_discuss_application(gil, ada).allowed


def test_an_answer_to_an_answer_joins_the_thread() -> None:
    stream, ada = make_applicant()
    rui = world.make_staff(stream.cohort)
    first = contribute(application=ada, text="Strong?", by=rui)
    answer = contribute(application=ada, text="Strong.", answer_to=first, by=rui)
    last = contribute(application=ada, text="Agreed.", answer_to=answer, by=rui)
    other = contribute(application=ada, text="Another matter.", by=rui)
    assert discussion_of(ada) == [(first, [answer, last]), (other, [])]
    for text, refusal in (("  ", NothingSaid), ("x" * 4001, TooLong)):
        with pytest.raises(refusal):
            contribute(application=ada, text=text, by=rui)


def test_a_note_is_its_writers_alone(sign_in: SignIn) -> None:
    stream, ada = make_applicant()
    gil, tom, rui = (
        world.make_reviewer(stream.cohort, "Gil"),
        world.make_reviewer(stream.cohort, "Tom"),
        world.make_staff(stream.cohort),
    )
    for person in (gil, tom):
        world.make_assessment(ada, person)
    client, codes = sign_in(gil), [stream.cohort.slug, ada.code]
    desk, talk, note = (reverse(f"mentors:{name}", args=codes) for name in ("desk", "discussion", "note"))
    saved = client.post(note, {"text": "Ask about Fermi."}, headers={"accept": "application/json"})
    assert set(saved.json()) == {"saved_at"}
    assert "Ask about Fermi." in client.get(desk).content.decode()
    for other in (tom, rui, ada.person):
        theirs = sign_in(other)
        for url in (desk, talk, ada.get_absolute_url()):
            assert "Fermi" not in theirs.get(url).content.decode()
        assert "Fermi" not in str(personal_data(other))
    assert "Fermi" in str(personal_data(gil))
    assert client.post(note, {"text": ""}).status_code == 302
    assert not PrivateNote.objects.exists()
    assert client.post(note, {"text": "x" * 10_001}, headers={"accept": "application/json"}).status_code == 400
    with pytest.raises(NotYoursToDiscuss):
        save_note(application=ada, text="Hm.", by=make.make_person("Nobody"))


def test_people_discuss_on_a_page(sign_in: SignIn) -> None:
    stream, ada = make_applicant()
    gil, mira = world.make_reviewer(stream.cohort), world.make_mentor(stream)
    world.make_assessment(ada, gil)
    client, url = sign_in(gil), reverse("mentors:discussion", args=[stream.cohort.slug, ada.code])
    assert "Nobody has said anything yet" in client.get(url).content.decode()
    assert client.post(url, {"text": " "}).status_code == 400
    assert client.post(url, {"text": "Reads <b>well</b>."}).status_code == 302
    first = Contribution.objects.get()
    assert client.post(url, {"text": "Twice, even.", "answer_to": first.pk}).status_code == 302
    for wrong in ("999999", "9" * 30, "x"):
        assert client.post(url, {"text": "Hm.", "answer_to": wrong}).status_code in {302, 404}
    page = client.get(url).content.decode()
    assert "Reads &lt;b&gt;well&lt;/b&gt;." in page
    assert "Twice, even." in page
    sealed, desk = sign_in(mira), reverse("mentors:desk", args=[stream.cohort.slug, ada.code])
    assert sealed.get(url).status_code == 403
    assert "Twice, even." not in sealed.get(desk).content.decode()
