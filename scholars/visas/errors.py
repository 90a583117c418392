"""What can be refused about visas."""

from mats_portal.web.errors import Refusal


class NotComing(Refusal):
    """Only somebody who is in the programme now has a visa to tell of. Load the page again."""


class VisaChanged(Refusal):
    """This was changed meanwhile, by programme staff or by the scholar. Look at it as it is now, and save again."""


class StepsOutOfOrder(Refusal):
    """A visa is granted or refused, not both, and after the day it was applied for. Look at the days again."""


class StepsWithoutNeed(Refusal):
    """There are days beside a visa that is not needed. Say that it is needed, or take the days away."""
