"""Reads about applications, ready to render."""

from applications.selectors.applications import (
    Window,
    application_of,
    applications_visible_to,
    latest_submission,
    own_applications,
    readable_parts,
    submission_for,
    window_of,
)
from applications.selectors.concerns import concerns_about, concerns_visible_to, has_concern, open_concerns_for
from applications.selectors.documents import (
    answer_files_of,
    current_document,
    own_answer_file,
    readable_answer_file,
    submitted_document,
)
from applications.selectors.drafts import (
    Draft,
    DraftPart,
    asked_on_page,
    choice_on_its_own,
    draft_of,
    streams_on_offer,
    writing_of,
)
from applications.selectors.earlier import Before, EarlierAnswer, before, earlier_answers, earlier_applications
from applications.selectors.flags import flagged, flags_of
from applications.selectors.lateness import late_applications, late_drafts, stream_people
from applications.selectors.naming import is_nameless_to, with_names
from applications.selectors.references import extras_of, letters_about, missing_references, references_of
from applications.selectors.views import saved_views_visible_to

__all__ = [
    "Before",
    "Draft",
    "DraftPart",
    "EarlierAnswer",
    "Window",
    "answer_files_of",
    "application_of",
    "applications_visible_to",
    "asked_on_page",
    "before",
    "choice_on_its_own",
    "concerns_about",
    "concerns_visible_to",
    "current_document",
    "draft_of",
    "earlier_answers",
    "earlier_applications",
    "extras_of",
    "flagged",
    "flags_of",
    "has_concern",
    "is_nameless_to",
    "late_applications",
    "late_drafts",
    "latest_submission",
    "letters_about",
    "missing_references",
    "open_concerns_for",
    "own_answer_file",
    "own_applications",
    "readable_answer_file",
    "readable_parts",
    "references_of",
    "saved_views_visible_to",
    "stream_people",
    "streams_on_offer",
    "submission_for",
    "submitted_document",
    "window_of",
    "with_names",
    "writing_of",
]
