"""Answer offers, enrol, change stream, finish."""

from scholars.services.answering import accept_offer, decline_offer, lapse_offer, lapse_offers
from scholars.services.enrolling import allow_mentorless, finish_scholars, leave_programme, switch_stream

__all__ = [
    "accept_offer",
    "allow_mentorless",
    "decline_offer",
    "finish_scholars",
    "lapse_offer",
    "lapse_offers",
    "leave_programme",
    "switch_stream",
]
