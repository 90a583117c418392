"""What the portal says when something cannot be done."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render


class Refusal(Exception):
    """An anticipated failure. Its text is a sentence for the reader that says what to do next."""

    def __init__(self, sentence: str = "") -> None:
        super().__init__(sentence or (self.__doc__ or "").strip().splitlines()[0])

    @property
    def sentence(self) -> str:
        """The sentence to show."""
        return str(self)


def is_script(request: HttpRequest) -> bool:
    """Whether a script of ours asks, such as the one that saves while somebody writes: it is answered in JSON."""
    return request.headers.get("X-Requested-With") == "fetch"


def _answer(request: HttpRequest, status: HTTPStatus, sentence: str = "") -> HttpResponse:
    response: HttpResponse
    if is_script(request):
        response = JsonResponse({"sentence": sentence}, status=status)
    else:
        response = render(request, f"errors/{status.value}.html", {"sentence": sentence}, status=status)
    response["Cache-Control"] = "no-store, private"
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request could not be understood."""
    return _answer(request, HTTPStatus.BAD_REQUEST)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the page is there, but not for this person; the sentence says who could."""
    return _answer(request, HTTPStatus.FORBIDDEN, str(exception or ""))


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing is here, or nothing that this person may know of."""
    return _answer(request, HTTPStatus.NOT_FOUND)


def too_large(request: HttpRequest) -> HttpResponse:
    """413: larger than anything that can be uploaded."""
    return _answer(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault."""
    return _answer(request, HTTPStatus.INTERNAL_SERVER_ERROR)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was too old or came from elsewhere."""
    return render(request, "errors/403_csrf.html", status=HTTPStatus.FORBIDDEN)
