"""Why somebody can, or cannot, open a page of a cohort; in words."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest

from mats_portal.cohorts.eyes import Sight, matched, seen_by
from mats_portal.cohorts.models import Cohort, Membership
from mats_portal.cohorts.selectors import memberships_of
from mats_portal.people.models import Person
from mats_portal.people.selectors import has_second_factor, needs_second_factor
from mats_portal.web.components.moments import say
from mats_portal.web.furnishing import furnishings


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer: its heading, whether the page opens, what led to it, and whether staff may look at the page."""

    heading: str
    opens: bool
    reasons: tuple[str, ...]
    can_be_shown: bool


def explain(*, person: Person, address: str, cohort: Cohort, asker: HttpRequest) -> Explanation:
    """Whether the person can open the page, and why. Only pages of this cohort are tried."""
    match = matched(address)
    named = match.kwargs.get("slug") if match else None
    sight = seen_by(person, address, asker) if match and named in (None, cohort.slug) else None
    if match is None or sight is None or (named is None and sight.cohort != cohort):
        where = "No page of this cohort has this address. Copy it from the address bar of the page in question."
        return Explanation(f"That is no page of {cohort}", False, (where,), False)
    stops = [*_stops_before_the_page(person)]
    opens = sight.status == HTTPStatus.OK and not stops
    reasons = [*stops, _of_the_page(sight), *_of_the_person(person, cohort)]
    reasons += [
        reason for furnish in furnishings("explanations") for reason in furnish(person, cohort, match, asker.user)
    ]
    heading = f"{person} can open it" if opens else f"{person} cannot open it"
    can_be_shown = opens and match.view_name in _pages_to_show() and not _has_ties(asker.user)
    return Explanation(heading, opens, tuple(reasons), can_be_shown)


def _has_ties(person: Any) -> bool:
    """Whether something is concealed from the person, which another's eyes would show."""
    return any(concealed(person).exists() for concealed in furnishings("concealed_applications"))


def _pages_to_show() -> frozenset[str]:
    """The names of the pages that staff may see with another person's eyes."""
    return frozenset(name for names in furnishings("shown_as") for name in names)


def _stops_before_the_page(person: Person) -> list[str]:
    if not person.is_active:
        return ["The account is closed: they cannot sign in."]
    if needs_second_factor(person) and not has_second_factor(person):
        return ["Their role asks for a second factor, and they have not set one up: they are led there first."]
    return []


def _of_the_page(sight: Sight) -> str:
    if sight.status == HTTPStatus.OK:
        return "The page itself opens for them."
    if sight.status == HTTPStatus.NOT_FOUND:
        return "They are told that there is nothing here: the page is not among what they may know of."
    if sight.status == HTTPStatus.FORBIDDEN:
        return f"They are refused, in these words: “{sight.sentence}”"
    if sight.status == HTTPStatus.METHOD_NOT_ALLOWED:
        return "The address is only acted on, by a button of another page."
    target = sight.response.headers.get("Location", "") if sight.response is not None else ""
    return f"They are led on to {target}."


def _of_the_person(person: Person, cohort: Cohort) -> list[str]:
    rows = list(memberships_of(cohort).filter(person=person).order_by("since", "pk"))
    return [_held(row, person) for row in rows] or [f"{person} has no role in {cohort}."]


def _held(row: Membership, person: Any) -> str:
    what = f"{row.get_role_display()} of {row.stream}" if row.stream else str(row.get_role_display())
    since = say(row.since, "date")
    return f"{what} from {since} to {say(row.until, 'date')}." if row.until else f"{what} since {since}."
