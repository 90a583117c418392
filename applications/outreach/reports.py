"""How people heard of the cohort."""

from applications.outreach.selectors import heard
from mats_portal.cohorts.models import Cohort
from mats_portal.reports.frame import Report, ReportTables, shares

DEFINITION = (
    "Interest forms, one for each address. Each may name several channels, so the bars add up to more than all forms; "
    "a share is of all forms, those that name none included. Intervals are 95 % Wilson."
)


def compile_channels(cohort: Cohort) -> ReportTables:
    """The channels that interest forms name, and the share that came by the community's own."""
    told = heard(cohort)
    named = {one.name: one.share.k for one in told.channels if one.share.k}
    community = {"A community channel": told.community.k, "No channel named": told.silent}
    first = next(iter(named), "")
    answer = f"{told.n:,} people left their address."
    if first:
        share = told.community.k / told.n
        answer += f" Most often they name “{first}” ({named[first]:,}); {share:.0%} name a community channel."
    return ReportTables(
        answer=answer,
        figures=(
            shares(
                title="How did you hear about us?",
                definition=DEFINITION,
                counts=named,
                of=told.n,
                several_allowed=True,
            ),
            shares(
                title="Community channels",
                definition="Forms that name at least one channel marked as reaching people who already care.",
                counts=community,
                of=told.n,
                several_allowed=True,
            ),
        ),
    )


CHANNELS = Report(name="channels", question="How did people hear of us?", compile=compile_channels, order=10)
