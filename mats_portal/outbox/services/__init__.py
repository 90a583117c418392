"""Letters: write, deliver, remind, settle."""

from mats_portal.jobs.services import ring
from mats_portal.outbox.services.delivery import deliver_letters, lease_letter, settle_cut_off_letters
from mats_portal.outbox.services.posting import post_letter, post_written, write_letter
from mats_portal.outbox.services.reminders import forecast_reminders, needs_a_yes, plan_reminders, replan_reminders
from mats_portal.outbox.services.settling import (
    LetterAlreadySettled,
    NothingHeld,
    answer_held_letters,
    scrub_letters,
    send_again,
    settle_as_arrived,
)

__all__ = [
    "LetterAlreadySettled",
    "NothingHeld",
    "answer_held_letters",
    "deliver_letters",
    "forecast_reminders",
    "lease_letter",
    "needs_a_yes",
    "plan_reminders",
    "post_letter",
    "post_written",
    "replan_reminders",
    "ring",
    "scrub_letters",
    "send_again",
    "settle_as_arrived",
    "settle_cut_off_letters",
    "write_letter",
]
