"""Break-glass: two named people, a reason, an expiry, and the scholar is told."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from mats_portal.outbox.models import Letter
from scholars.support.models import BreakGlass, Opening
from scholars.support.policies import can_read_request, open_glass, requests_visible_to
from scholars.support.services.glass import (
    AboutOneself,
    GlassExpired,
    NotSupport,
    NotThisSecond,
    break_glass,
    confirm_glass,
)
from tests.conftest import SignIn
from tests.scholars.support.conftest import NOTE, World

pytestmark = [
    pytest.mark.django_db(databases=["default", "support"]),
    pytest.mark.urls("mats_portal.support_urls"),
]


def begin(world: World, by: str = "sue", second: str = "rui") -> BreakGlass:
    """`by` asks `second` to open Sam's notes together."""
    return break_glass(
        by=world[by], cohort=world.cohort, scholar_code=world["sam"].code, second=world[second], reason="In danger."
    )


def confirm(world: World, glass: BreakGlass, by: str = "rui") -> None:
    """`by` confirms."""
    confirm_glass(by=world[by], glass=glass, scholar=world["sam"], cohort=world.cohort)


def test_glass_opens_nothing_until_the_second_person_confirms(world: World) -> None:
    glass = begin(world)
    for name in ("sue", "rui"):
        assert open_glass(world[name], world.request) is None
    with pytest.raises(GlassExpired):
        confirm(world, glass, by="sue")
    confirm(world, glass)
    for name in ("sue", "rui"):
        assert can_read_request(world[name], world.request).allowed
        assert world.request in requests_visible_to(world[name])
    assert world.request not in requests_visible_to(world["mira"])


def test_glass_expires_by_the_clock_of_the_database(world: World) -> None:
    glass = begin(world)
    confirm(world, glass)
    assert glass.expires_at is not None
    assert glass.confirmed_at is not None
    assert glass.expires_at - glass.confirmed_at == timedelta(hours=24)
    BreakGlass.objects.update(confirmed_at=Now() - timedelta(hours=25), expires_at=Now() - timedelta(seconds=1))
    assert world.request not in requests_visible_to(world["rui"])
    assert not can_read_request(world["sue"], world.request).allowed


def test_glass_asked_a_day_ago_cannot_be_confirmed(world: World) -> None:
    glass = begin(world)
    BreakGlass.objects.update(asked_at=Now() - timedelta(hours=24, seconds=1))
    with pytest.raises(GlassExpired):
        confirm(world, glass)


def test_glass_needs_two_different_people_with_business_here(world: World) -> None:
    for second in ("sue", "mira", "gil", "nobody", "adam"):
        with pytest.raises(NotThisSecond):
            begin(world, second=second)
    with pytest.raises(AboutOneself):
        begin(world, second="sam")
    for by in ("rui", "mira", "cora", "sam"):
        with pytest.raises(NotSupport):
            begin(world, by=by, second="sol")
    glass = begin(world)
    with pytest.raises(IntegrityError), transaction.atomic("support"):
        BreakGlass.objects.filter(pk=glass.pk).update(second_code=world["sue"].code)
    with pytest.raises(IntegrityError), transaction.atomic("support"):
        BreakGlass.objects.filter(pk=glass.pk).update(reason="")


def test_scholar_is_told_and_sees_who_opened_the_notes(
    world: World, sign_in: SignIn, django_capture_on_commit_callbacks: object
) -> None:
    glass = begin(world)
    with django_capture_on_commit_callbacks(using="support", execute=True):  # type: ignore[operator]
        confirm(world, glass)
    assert Letter.objects.filter(recipient=world["sam"], cohort_slug="", about="").count() == 1
    page = sign_in(world["rui"]).get(f"/support/requests/{world.request.code}/").content.decode()
    assert NOTE in page
    told = sign_in(world["sam"]).get("/support/openings/").content.decode()
    assert "Sue and Rui" in told
    assert "In danger." in told
    opening = Opening.objects.get(reader_code=world["rui"].code)
    assert opening.glass == glass


def test_glass_lets_its_two_people_read_but_not_write(world: World, sign_in: SignIn) -> None:
    confirm(world, begin(world))
    rui = sign_in(world["rui"])
    for act in ("note", "plan", "close", "hand-over", "reopen", "take", "take-back"):
        assert rui.post(f"/support/requests/{world.request.code}/{act}/").status_code == 403
    assert rui.get(f"/support/cohorts/{world.cohort.slug}/").status_code == 404


def test_glass_is_begun_and_confirmed_in_a_browser(world: World, sign_in: SignIn) -> None:
    page = f"/support/cohorts/{world.cohort.slug}/break-glass/"
    given = {"scholar": world["sam"].code, "second": world["rui"].code, "reason": "Words to keep"}
    refused = sign_in(world["sue"]).post(page, given | {"second": world["mira"].code})
    assert b"Words to keep" in refused.content
    assert not BreakGlass.objects.exists()
    answer = sign_in(world["sue"]).post(page, given)
    glass = BreakGlass.objects.get()
    assert answer["Location"] == f"/support/break-glass/{glass.code}/"
    assert sign_in(world["sam"]).get(answer["Location"]).status_code == 404
    rui = sign_in(world["rui"])
    assert b"Confirm and open" in rui.get(answer["Location"]).content
    rui.post(answer["Location"] + "confirm/")
    glass.refresh_from_db()
    assert glass.confirmed_at is not None
    assert sign_in(world["sam"]).get(answer["Location"]).status_code == 200
