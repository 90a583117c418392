"""What one has done to many things at once, and can undo for a while."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from mats_portal.journal.selectors import deeds_visible_to
from mats_portal.journal.services import undo_deed
from mats_portal.web.access import FORM, access, reader, signed_in
from mats_portal.web.errors import Refusal
from mats_portal.web.pages import keyset


@access(signed_in)
def deeds(request: HttpRequest) -> HttpResponse:
    """The reader's own deeds, newest first; those that can be undone say until when."""
    page = keyset(deeds_visible_to(request.user), request)
    return render(request, "journal/deed_list.html", {"page": page})


@access(signed_in, methods=FORM)
def deed(request: HttpRequest, code: str) -> HttpResponse:
    """One deed: undo it, or read that its time has passed."""
    found = get_object_or_404(deeds_visible_to(request.user), code=code)
    if request.method == "POST":
        try:
            messages.success(request, undo_deed(deed=found, by=reader(request)))
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
        return redirect("journal:deeds")
    return render(request, "journal/deed_detail.html", {"deed": found})
