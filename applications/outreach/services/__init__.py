"""Leave an address, change channels, recommend somebody, log actions, make links."""

from applications.outreach.services.following import (
    contact_recommended,
    count_visit,
    log_action,
    make_link,
    recommend,
    remove_action,
)
from applications.outreach.services.interest import leave_interest, order_channels, remove_channel, save_channel

__all__ = [
    "contact_recommended",
    "count_visit",
    "leave_interest",
    "log_action",
    "make_link",
    "order_channels",
    "recommend",
    "remove_action",
    "remove_channel",
    "save_channel",
]
