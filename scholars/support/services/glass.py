"""Break the glass: two named people, a reason, an expiry, and the scholar is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from mats_portal.cohorts.models import Cohort
from mats_portal.web.errors import Refusal
from scholars.support.models import BreakGlass
from scholars.support.policies import can_break_glass
from scholars.support.router import SUPPORT
from scholars.support.selectors import possible_seconds, support_people
from scholars.support.services.notices import notify

LASTS = timedelta(hours=24)
MAY_BE_CONFIRMED_FOR = timedelta(hours=24)


class NotSupport(Refusal):
    """Only scholar support of this cohort can begin this."""


class NotThisSecond(Refusal):
    """The second person must be support or staff of this cohort, or a coordinator. Choose from the list."""


class AboutOneself(Refusal):
    """Nobody can break the glass for their own notes: they can ask support for them."""


class GlassExpired(Refusal):
    """This was asked more than 24 hours ago, or is confirmed already. Begin again if it is still needed."""


@transaction.atomic(using=SUPPORT)
def break_glass(*, by: Any, cohort: Cohort, scholar_code: str, second: Any, reason: str) -> BreakGlass:
    """Ask a second named person to open one scholar's notes together. Nothing opens yet.

    Raises NotSupport, NotThisSecond, AboutOneself.
    """
    if not can_break_glass(by, cohort.slug).allowed:
        raise NotSupport
    if scholar_code in (by.code, second.code):
        raise AboutOneself
    if second.code not in possible_seconds(by, cohort):
        raise NotThisSecond
    glass = BreakGlass.objects.create(
        cohort_slug=cohort.slug,
        scholar_code=scholar_code,
        asked_by_code=by.code,
        second_code=second.code,
        reason=reason,
    )
    notify([second])
    return glass


@transaction.atomic(using=SUPPORT)
def confirm_glass(*, by: Any, glass: BreakGlass, scholar: Any, cohort: Cohort) -> None:
    """The second person confirms: both may read for 24 hours, and the scholar and all of support are told.

    Raises GlassExpired.
    """
    waiting = BreakGlass.objects.filter(
        pk=glass.pk,
        second_code=by.code,
        confirmed_at=None,
        asked_at__gt=Now() - MAY_BE_CONFIRMED_FOR,
    )
    if not waiting.update(confirmed_at=Now(), expires_at=Now() + LASTS):
        raise GlassExpired
    glass.refresh_from_db()
    others = [one for one in support_people(cohort) if one.code != by.code]
    notify([scholar, *others] if scholar is not None else others)
