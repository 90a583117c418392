"""Ask "what if", keep the answer, and make one of them true. Nothing here sends anything."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from applications.models import Application
from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.cohorts.services import change_cohort, change_stream
from mats_portal.journal.services import record
from mats_portal.web.codes import new_token
from mats_portal.web.errors import Refusal
from mats_portal.web.text import clean_text
from mentors.errors import RoundStale
from mentors.market import Change, Impossible, changed
from mentors.models import Draw, SelectionRound, WhatIf
from mentors.selectors.market import market_of, selection_inputs
from mentors.selectors.offers import digest
from mentors.selectors.rounds import algorithm
from mentors.services.rounds import keep_round, result_of_run
from mentors.services.rules import decide_pair
from mentors.services.seats import lock_cohort, lock_streams

OURS = ("seats", "ceiling", "leaves", "fixed")  # What staff can make true themselves.


class CannotBeSo(Refusal):
    """This change cannot be made. Choose another one."""


class NotOursToChange(Refusal):
    """Only applicants change their order and only mentors their bar, so this stays a what-if.

    A floor on motivation bars nobody by itself, either: it is set on its own page, and mentors decide.
    """

    def __init__(self) -> None:
        super().__init__(
            "It changes an applicant’s order, a stream’s bar or the motivation floor, which are for others to change. "
            "Ask them to; then run the matching."
        )


class IsARoundAlready(Refusal):
    """This what-if has become a round already. Open that round to go on."""


@transaction.atomic
def ask_what_if(*, cohort: Cohort, change: Change, by: Any, base: WhatIf | None = None, name: str = "") -> WhatIf:
    """Run the matching as if one more thing were changed, and save the run. Nobody is told.

    change: what `mentors.market.KINDS` understands; base: a what-if whose changes are made first.
    Raises `CannotBeSo`, `NothingToMatch` and `FixedBeyondSeats`.
    """
    cohort = lock_cohort(cohort)
    Draw.objects.get_or_create(cohort=cohort, defaults={"seed": new_token()})
    changes = [*(base.changes if base is not None else []), dict(change)]
    try:
        inputs = changed(market_of(cohort), changes).inputs()
    except Impossible as error:
        raise CannotBeSo(str(error)) from error
    result = result_of_run(inputs)
    asked = WhatIf.objects.create(
        cohort=cohort,
        name=clean_text(name).strip()[:120],
        changes=changes,
        inputs=inputs,
        inputs_hash=digest(inputs),
        result=result,
        result_hash=digest(result),
        algorithm=algorithm(),
        made_by=by,
    )
    facts = {"inputs": asked.inputs_hash[:16], "kinds": [one["kind"] for one in changes]}
    record(by=by, verb="ask what if", subject=asked, cohort=cohort, facts=facts)
    return asked


@transaction.atomic
def make_round_of(*, what_if: WhatIf, reason: str, by: Any) -> SelectionRound:
    """Make what a what-if supposed true, and save it as the next round, if nothing else has changed since.

    Seats, the ceiling and fixed pairs are changed; a stream that nobody would lead any more keeps no free seat (the
    mentor's membership is ended on the page of people). reason: kept with each pair it fixes. Offers are
    still to be prepared and released. Raises `IsARoundAlready`, `NotOursToChange`, `RoundStale`, `CannotBeSo`,
    and what `fix_pair` raises; then nothing is changed.
    """
    cohort = lock_cohort(what_if.cohort)
    lock_streams(cohort)
    locked = WhatIf.objects.select_for_update(of=("self",)).get(pk=what_if.pk)
    if locked.round_id is not None:
        raise IsARoundAlready
    if any(change["kind"] not in OURS for change in locked.changes):
        raise NotOursToChange
    for change in locked.changes:
        _make_true(cohort, change, reason, by)
    cohort.refresh_from_db()
    if digest(selection_inputs(cohort)) != locked.inputs_hash:
        raise RoundStale
    made = keep_round(cohort=cohort, inputs=locked.inputs, result=result_of_run(locked.inputs), by=by)
    WhatIf.objects.filter(pk=locked.pk).update(round=made)
    what_if.refresh_from_db()
    return made


def _make_true(cohort: Cohort, change: Change, reason: str, by: Any) -> None:
    """One change, in the world itself."""
    match change["kind"]:
        case "seats":
            _give_seats(cohort, change["stream"], change["seats"], by)
        case "ceiling":
            change_cohort(cohort=cohort, by=by, seats=change["seats"])
        case "leaves":
            held = market_of(cohort).held
            for code in change["streams"]:
                _give_seats(cohort, code, held.get(code, 0), by)
        case "fixed":
            application = Application.objects.get(cohort=cohort, code=change["application"])
            stream = Stream.objects.get(cohort=cohort, code=change["stream"])
            decide_pair(application=application, stream=stream, reason=reason, by=by)


def _give_seats(cohort: Cohort, code: str, seats: int, by: Any) -> None:
    stream = Stream.objects.select_related("track").get(cohort=cohort, code=code)
    texts = {name: getattr(stream, name) for name in ("name", "track", "agenda", "viewpoint", "description")}
    change_stream(stream=stream, seats=seats, by=by, **texts)
