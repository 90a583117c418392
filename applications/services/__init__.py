"""What can be done with applications."""

from applications.services.drafting import choose_streams, save_section, save_stream_answers, start_application
from applications.services.questions import make_default_questions
from applications.services.submitting import submit_application, withdraw_application

__all__ = [
    "choose_streams",
    "make_default_questions",
    "save_section",
    "save_stream_answers",
    "start_application",
    "submit_application",
    "withdraw_application",
]
