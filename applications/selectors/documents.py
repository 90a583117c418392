"""Which file belongs to an application: the draft's for the applicant, the submitted one for those who choose."""

from applications.models import Application, Document
from applications.states import ApplicationState


def current_document(application: Application) -> Document | None:
    """The CV of the draft; for the applicant alone."""
    return Document.objects.filter(application=application, is_current=True).first()


def submitted_document(application: Application) -> Document | None:
    """The CV that came with the latest submission, while the application is submitted.

    Whether the person may read the application is asked before, as for `readable_parts`.
    """
    if application.state != ApplicationState.SUBMITTED:
        return None
    return Document.objects.filter(application=application, is_submitted=True).first()
