"""Everything that the matching is run on, and what may be changed in it to ask "what if". Pure: plain data only."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from mentors.matching import Matching, Pool, match

Change = Mapping[str, Any]


class Impossible(ValueError):
    """The change cannot be made in this market; the text is a sentence for the reader."""


class Placed(NamedTuple):
    """One applicant in a stream's whole order, above the bar or not; tier: counted from 1, best first."""

    applicant: str
    tier: int
    is_acceptable: bool


@dataclass(frozen=True, slots=True)
class Market:
    """What is true now, by public codes.

    preferences: each waiting applicant's streams, best first; orders: each stream's order of the waiting;
    seats, cohort_seats: those that are free; held: those that are taken or held, by stream; cohort_held: in all;
    pools: streams that share seats, as name, streams and free seats; fixed: pairs decided beforehand;
    minimum: how many scholars a stream needs; seed: of the draw.
    """

    preferences: Mapping[str, Sequence[str]]
    orders: Mapping[str, Sequence[Placed]]
    seats: Mapping[str, int]
    cohort_seats: int
    held: Mapping[str, int]
    cohort_held: int
    pools: Sequence[Mapping[str, Any]] = ()
    fixed: Mapping[str, str] | None = None
    minimum: Mapping[str, int] | None = None
    seed: str = ""

    def inputs(self) -> dict[str, Any]:
        """What a round keeps, in one fixed order: of the streams' orders only what is above the bar."""
        above = {stream: [one for one in order if one.is_acceptable] for stream, order in self.orders.items()}
        return {
            "preferences": {applicant: list(wishes) for applicant, wishes in self.preferences.items()},
            "rankings": {stream: [one.applicant for one in order] for stream, order in above.items()},
            "tiers": {stream: tiers for stream, order in above.items() if (tiers := _tiers(order))},
            "seats": dict(self.seats),
            "cohort_seats": self.cohort_seats,
            "pools": [dict(pool) for pool in self.pools],
            "fixed": dict(sorted((self.fixed or {}).items())),
            "minimum": dict(sorted((self.minimum or {}).items())),
            "seed": self.seed,
        }


def _tiers(order: Sequence[Placed]) -> list[int]:
    """The tiers of an order, numbered without gaps; nothing when nobody is level with anybody."""
    numbers = {tier: number for number, tier in enumerate(sorted({one.tier for one in order}), 1)}
    return [numbers[one.tier] for one in order] if len(numbers) < len(order) else []


def matching_of(inputs: Mapping[str, Any]) -> Matching[str, str]:
    """Run the matching on inputs as they are kept. Codes in their own order settle what the rules leave open.

    Raises `ValueError` when more pairs are fixed than there are seats.
    """
    preferences = {code: inputs["preferences"][code] for code in sorted(inputs["preferences"])}
    seats = {code: inputs["seats"][code] for code in sorted(inputs["seats"])}
    return match(
        preferences,
        inputs["rankings"],
        seats,
        cohort_seats=inputs["cohort_seats"],
        tiers=inputs.get("tiers"),
        seed=inputs.get("seed", ""),
        pools=[Pool(tuple(pool["streams"]), pool["seats"]) for pool in inputs.get("pools", ())],
        fixed=inputs.get("fixed"),
        minimum=inputs.get("minimum"),
    )


def without(inputs: Mapping[str, Any], applicants: Collection[str]) -> dict[str, Any]:
    """The inputs as if these applicants had not applied."""
    kept = {code: wishes for code, wishes in inputs["preferences"].items() if code not in applicants}
    rankings, tiers = {}, dict(inputs.get("tiers", {}))
    for stream, order in inputs["rankings"].items():
        stays = [applicant not in applicants for applicant in order]
        rankings[stream] = [applicant for applicant, stay in zip(order, stays, strict=True) if stay]
        if stream in tiers:
            tiers[stream] = [tier for tier, stay in zip(tiers[stream], stays, strict=True) if stay]
    fixed = {code: stream for code, stream in inputs.get("fixed", {}).items() if code not in applicants}
    return {**inputs, "preferences": kept, "rankings": rankings, "tiers": tiers, "fixed": fixed}


def changed(market: Market, changes: Sequence[Change]) -> Market:
    """The market with the changes made, one after the other. Raises `Impossible`."""
    for change in changes:
        market = KINDS[change["kind"]](market, change)
    return market


def _seats(market: Market, change: Change) -> Market:
    """stream, seats: the stream has so many seats in all."""
    stream, seats = change["stream"], change["seats"]
    held = market.held.get(stream, 0)
    if seats < held:
        raise Impossible(f"{held} seats of this stream are taken or offered already. Choose at least {held}.")
    return replace(market, seats={**market.seats, stream: seats - held})


def _ceiling(market: Market, change: Change) -> Market:
    """seats: the cohort has so many seats in all."""
    if change["seats"] < market.cohort_held:
        raise Impossible(f"{market.cohort_held} seats are taken or offered already. Choose at least that many.")
    return replace(market, cohort_seats=change["seats"] - market.cohort_held)


def _leaves(market: Market, change: Change) -> Market:
    """person, streams: the streams that nobody leads without that person take nobody more."""
    return replace(market, seats=dict(market.seats) | dict.fromkeys(change["streams"], 0))


def _bar(market: Market, change: Change) -> Market:
    """stream, would_take: the stream would take the first so many of those who are still free."""
    order = market.orders.get(change["stream"], ())
    moved = [one._replace(is_acceptable=number < change["would_take"]) for number, one in enumerate(order)]
    return replace(market, orders={**market.orders, change["stream"]: moved})


def _order(market: Market, change: Change) -> Market:
    """application, stream, choice: the stream is that choice on the applicant's list; 0: it is not on it."""
    applicant = change["application"]
    if applicant not in market.preferences:
        raise Impossible("This applicant is not waiting for a stream: not submitted, or settled already.")
    wishes = [stream for stream in market.preferences[applicant] if stream != change["stream"]]
    if change["choice"]:
        wishes.insert(change["choice"] - 1, change["stream"])
    return replace(market, preferences={**market.preferences, applicant: wishes})


def _fixed(market: Market, change: Change) -> Market:
    """application, stream: they are together, whatever the lists say."""
    applicant, stream = change["application"], change["stream"]
    if stream not in market.preferences.get(applicant, ()):
        raise Impossible("This applicant is not waiting for this stream: choose one that is on their list.")
    return replace(market, fixed=dict(market.fixed or {}) | {applicant: stream})


def _floor(market: Market, change: Change) -> Market:
    """below: the applicants under a motivation floor; no stream takes them."""
    below = set(change["below"])
    orders = {
        stream: [one._replace(is_acceptable=False) if one.applicant in below else one for one in order]
        for stream, order in market.orders.items()
    }
    return replace(market, orders=orders)


KINDS: dict[str, Callable[[Market, Change], Market]] = {
    "seats": _seats,
    "ceiling": _ceiling,
    "leaves": _leaves,
    "bar": _bar,
    "order": _order,
    "fixed": _fixed,
    "floor": _floor,
}
