"""What is kept about the reader, and asking to be erased."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from mats_portal.keeping import services
from mats_portal.keeping.forms import AskForm
from mats_portal.keeping.policies import can_take_back_erasure
from mats_portal.keeping.selectors import kept_about, own_requests, parts_of_erasure
from mats_portal.keeping.states import OPEN
from mats_portal.web.access import ACT, FORM, access, reader, require, signed_in
from mats_portal.web.errors import Refusal


@access(signed_in)
def kept(request: HttpRequest) -> HttpResponse:
    """What we keep about the reader, what for, who sees it and for how long."""
    person = reader(request)
    context = {"kept": kept_about(person), "requests": own_requests(person)}
    return render(request, "keeping/kept.html", context)


@access(signed_in, methods=FORM)
def erase(request: HttpRequest) -> HttpResponse:
    """What would go and what would stay; ask for it."""
    person = reader(request)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            asked = services.ask_for_erasure(by=person, words=form.cleaned_data["words"])
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, f"We have your request, and answer by {asked.due_at:%d %B %Y}.")
            return redirect("keeping:kept")
    parts = parts_of_erasure(person)
    context = {
        "form": form,
        "goes": [part for part in parts if not part.stays],
        "stays": [part for part in parts if part.stays],
        "open_request": next((one for one in own_requests(person) if one.state in OPEN), None),
    }
    return render(request, "keeping/erase.html", context)


@access(signed_in, methods=ACT)
def take_back(request: HttpRequest, code: str) -> HttpResponse:
    """Keep the account after all."""
    person = reader(request)
    asked = get_object_or_404(person.erasure_requests, code=code)
    require(can_take_back_erasure(person, asked))
    try:
        services.take_back_erasure(request=asked, by=person)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, "Taken back. Everything stays as it is.")
    return redirect("keeping:kept")
