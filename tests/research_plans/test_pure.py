"""Content, comparison and lateness, without a database."""

from datetime import UTC, date, datetime, timedelta

from research_plans.content import OutputRow, PlanText, content_of, digest_of, missing
from research_plans.lateness import days_late, standing
from research_plans.states import Part, Standing
from tests.research_plans.world import text

DUE = datetime(2023, 8, 4, 12, tzinfo=UTC)  # The end of 3 August anywhere on Earth.


def test_submitting_needs_every_part_and_dated_outputs_but_no_disagreement() -> None:
    whole = text()
    assert missing(whole) == []
    assert missing(PlanText({**whole.parts, Part.DISAGREEMENT: ""}, whole.outputs)) == []
    assert missing(PlanText({**whole.parts, Part.THREAT_MODEL: " \n"}, whole.outputs)) == ["Threat model"]
    assert missing(PlanText(whole.parts)) == ["at least one planned output"]
    undated = PlanText(whole.parts, [OutputRow("A post"), OutputRow("", date(2023, 8, 1))])
    assert missing(undated) == ["a date for “A post”", "a name for the output of 2023-08-01"]
    assert len(missing(PlanText())) == 4


def test_digest_tells_any_change_and_only_a_change() -> None:
    one, same = digest_of(content_of(text())), digest_of(content_of(text()))
    assert one == same
    assert len(one) == 64
    assert digest_of(content_of(text("other"))) != one


def test_lateness_is_counted_in_begun_days_from_the_instant_on() -> None:
    tick = timedelta(microseconds=1)
    moments = {DUE - tick: 0, DUE: 1, DUE + tick: 1, DUE + timedelta(days=1) - tick: 1, DUE + timedelta(days=1): 2}
    assert {at: days_late(at, DUE) for at in moments} == moments
    assert days_late(DUE, None) == 0


def test_standing_follows_the_first_submission() -> None:
    before, after = DUE - timedelta(hours=1), DUE + timedelta(hours=1)
    cases = {
        (False, None, before): Standing.NOT_STARTED,
        (True, None, before): Standing.DRAFT,
        (False, None, DUE): Standing.MISSING,
        (True, None, after): Standing.MISSING,
        (True, before, after): Standing.SUBMITTED,
        (True, DUE, after): Standing.LATE,
    }
    for (is_begun, first, now), expected in cases.items():
        assert standing(is_begun=is_begun, first_submitted_at=first, due_at=DUE, now=now) == expected
    assert standing(is_begun=True, first_submitted_at=None, due_at=None, now=after) == Standing.DRAFT
