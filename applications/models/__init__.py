"""Application, what is chosen and submitted in it, who is asked about the applicant, and the file that comes along."""

from applications.models.application import (
    Application,
    ApplicationQuerySet,
    Choice,
    ImportFile,
    Preference,
    Submission,
)
from applications.models.concerns import Concern, ConcernQuerySet
from applications.models.documents import Document
from applications.models.duplicates import Distinct
from applications.models.eligibility import EligibilityCheck
from applications.models.labels import Label, Labelling
from applications.models.references import Reference, ReferenceLetter, ReferenceQuerySet
from applications.models.tally import Tally
from applications.models.views import SavedView

__all__ = [
    "Application",
    "ApplicationQuerySet",
    "Choice",
    "Concern",
    "ConcernQuerySet",
    "Distinct",
    "Document",
    "EligibilityCheck",
    "ImportFile",
    "Label",
    "Labelling",
    "Preference",
    "Reference",
    "ReferenceLetter",
    "ReferenceQuerySet",
    "SavedView",
    "Submission",
    "Tally",
]
