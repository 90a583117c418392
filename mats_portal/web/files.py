"""Files that people uploaded, given out so that no browser runs or draws them on this site."""

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404


def attachment(file: FieldFile, name: str, content_type: str) -> FileResponse:
    """The file as a download of that name and exactly that type; who may have it is asked before.

    Raises `Http404` when the file is not where its row says.
    """
    try:
        opened = file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(opened, as_attachment=True, filename=name, content_type=content_type)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
