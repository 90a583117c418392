"""Offer to mentor, rate an offer, give the seats."""

from mentors.candidacy.services.deciding import plan_decision, plan_seats
from mentors.candidacy.services.offering import INVITED, invite_candidate, send_candidacy, withdraw_candidacy
from mentors.candidacy.services.rating import ask_experts, declare_tie, rate_candidacy
from mentors.candidacy.services.sending import send_decisions

__all__ = [
    "INVITED",
    "ask_experts",
    "declare_tie",
    "invite_candidate",
    "plan_decision",
    "plan_seats",
    "rate_candidacy",
    "send_candidacy",
    "send_decisions",
    "withdraw_candidacy",
]
