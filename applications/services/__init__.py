"""What can be done with applications."""

from applications.services.admitting import admit_late_draft
from applications.services.answer_files import attach_answer_file, remove_answer_file
from applications.services.answering import answer_reference, decline_reference
from applications.services.chasing import remind_referees, replace_referee, resend_reference
from applications.services.concerns import decide_concern, raise_concern
from applications.services.documents import attach_document, remove_document
from applications.services.drafting import choose_streams, save_section, save_stream_answers, start_application
from applications.services.questions import make_default_questions
from applications.services.references import ask_reference, send_reference_again, take_back_reference
from applications.services.submitting import submit_application, withdraw_application
from applications.services.views import remove_view, save_view

__all__ = [
    "admit_late_draft",
    "answer_reference",
    "ask_reference",
    "attach_answer_file",
    "attach_document",
    "choose_streams",
    "decide_concern",
    "decline_reference",
    "make_default_questions",
    "raise_concern",
    "remind_referees",
    "remove_answer_file",
    "remove_document",
    "remove_view",
    "replace_referee",
    "resend_reference",
    "save_section",
    "save_stream_answers",
    "save_view",
    "send_reference_again",
    "start_application",
    "submit_application",
    "take_back_reference",
    "withdraw_application",
]
