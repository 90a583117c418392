"""Assign, assess, rank, match, offer, release."""

from mentors.services.assigning import (
    apply_assignment_plan,
    assign_reviewer,
    take_back_assignment,
    take_up_review,
    undo_assignment_batch,
)
from mentors.services.braking import call_held, leave_seats_free, set_reserve_brake
from mentors.services.confirming import carry_out_release, carry_out_releases, confirm_release, stop_release
from mentors.services.discussing import contribute, save_note
from mentors.services.floor import set_motivation_floor
from mentors.services.nudging import nudge_reviewers
from mentors.services.offers import make_offer, withdraw_offer
from mentors.services.ranking import finish_ranking, rank_applications
from mentors.services.releasing import leave_out, note_decision, prepare_release, renew_release, word_release
from mentors.services.reserve import call_reserves, offer_to_reserve
from mentors.services.reviewing import declare_conflict, finish_assessment, lift_conflict, save_assessment
from mentors.services.rounds import prepare_offers, run_matching, set_round_aside
from mentors.services.rules import (
    decide_pair,
    end_fixed_pair,
    fix_pair,
    set_minimum_seats,
    share_seats,
    stop_sharing_seats,
)
from mentors.services.seats import give_back_seat, take_seat
from mentors.services.waiving import take_back_waiver, waive_scoring
from mentors.services.whatifs import ask_what_if, make_round_of
from mentors.services.withdrawing import end_offers

__all__ = [
    "apply_assignment_plan",
    "ask_what_if",
    "assign_reviewer",
    "call_held",
    "call_reserves",
    "carry_out_release",
    "carry_out_releases",
    "confirm_release",
    "contribute",
    "decide_pair",
    "declare_conflict",
    "end_fixed_pair",
    "end_offers",
    "finish_assessment",
    "finish_ranking",
    "fix_pair",
    "give_back_seat",
    "leave_out",
    "leave_seats_free",
    "lift_conflict",
    "make_offer",
    "make_round_of",
    "note_decision",
    "nudge_reviewers",
    "offer_to_reserve",
    "prepare_offers",
    "prepare_release",
    "rank_applications",
    "renew_release",
    "run_matching",
    "save_assessment",
    "save_note",
    "set_minimum_seats",
    "set_motivation_floor",
    "set_reserve_brake",
    "set_round_aside",
    "share_seats",
    "stop_release",
    "stop_sharing_seats",
    "take_back_assignment",
    "take_back_waiver",
    "take_seat",
    "take_up_review",
    "undo_assignment_batch",
    "waive_scoring",
    "withdraw_offer",
    "word_release",
]
