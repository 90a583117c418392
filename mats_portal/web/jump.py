"""The field in the head that leads to a person, a stream, a cohort or a page by a few letters of its name."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from mats_portal.web.access import access, signed_in
from mats_portal.web.furnishing import furnishings
from mats_portal.web.menu import MenuItem, menu_for, place_of
from mats_portal.web.text import clean_line

LONGEST = 100


@access(signed_in)
def jump(request: HttpRequest) -> HttpResponse:
    """What goes by these words and the reader may open; straight there when it is one thing only."""
    words = clean_line(request.GET.get("q", ""))[:LONGEST]
    found = places_called(request.user, words) if words else []
    if len(found) == 1:
        return redirect(found[0].url)
    return render(request, "web/jump.html", {"words": words, "found": found})


def places_called(person: Any, words: str) -> list[MenuItem]:
    """Pages of the reader's menu whose name holds the words; then what the apps find, each among what is visible."""
    place = place_of(person, None)
    wanted = words.casefold()
    pages = [item for item in menu_for(person, place.cohort if place else None) if wanted in item.label.casefold()]
    return [*pages, *(item for find in furnishings("jump") for item in find(person, words))]
