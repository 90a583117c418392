"""Open a cohort, set its dates, its streams and who belongs to it."""

from mats_portal.cohorts.services.calendar import DatesOutOfOrder, DeadlineShortened, set_milestones
from mats_portal.cohorts.services.extending import (
    ExtensionTooEarly,
    MilestoneNotSet,
    NotADeadline,
    NotForStreams,
    OneOrAStream,
    give_extension,
)
from mats_portal.cohorts.services.invitations import RoleNotByInvitation, accept_membership, invite_member
from mats_portal.cohorts.services.members import (
    LastStaffMember,
    MembershipEnded,
    MembershipHeld,
    StreamNeeded,
    WouldBridgeTheGap,
    close_membership,
    open_membership,
)
from mats_portal.cohorts.services.opening import CohortNameTaken, change_cohort, create_cohort
from mats_portal.cohorts.services.streams import SeatsTaken, StreamNameTaken, add_stream, add_track, change_stream
from mats_portal.cohorts.services.viewing import note_view_as

__all__ = [
    "CohortNameTaken",
    "DatesOutOfOrder",
    "DeadlineShortened",
    "ExtensionTooEarly",
    "LastStaffMember",
    "MembershipEnded",
    "MembershipHeld",
    "MilestoneNotSet",
    "NotADeadline",
    "NotForStreams",
    "OneOrAStream",
    "RoleNotByInvitation",
    "SeatsTaken",
    "StreamNameTaken",
    "StreamNeeded",
    "WouldBridgeTheGap",
    "accept_membership",
    "add_stream",
    "add_track",
    "change_cohort",
    "change_stream",
    "close_membership",
    "create_cohort",
    "give_extension",
    "invite_member",
    "note_view_as",
    "open_membership",
    "set_milestones",
]
