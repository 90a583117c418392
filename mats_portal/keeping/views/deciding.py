"""Requests to be erased, for administrators: what would go, what stays, and the answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from mats_portal.keeping import services
from mats_portal.keeping.forms import AnswerForm
from mats_portal.keeping.models import ErasureRequest
from mats_portal.keeping.policies import administrators, can_decide_erasure
from mats_portal.keeping.selectors import erasures_visible_to, hindrances, parts_of_erasure
from mats_portal.keeping.states import ErasureState
from mats_portal.web.access import FORM, access, reader, require
from mats_portal.web.errors import Refusal
from mats_portal.web.pages import keyset


@access(administrators)
def erasures(request: HttpRequest) -> HttpResponse:
    """All requests, those that wait first due first."""
    page = keyset(erasures_visible_to(request.user), request, key=("due_at", "id"))
    return render(request, "keeping/erasures.html", {"page": page})


@access(administrators, methods=FORM)
def erasure(request: HttpRequest, code: str) -> HttpResponse:
    """One request with its dry run; the POST answers it."""
    asked = get_object_or_404(erasures_visible_to(request.user), code=code)
    form = AnswerForm(request.POST or None)
    if request.method == "POST":
        require(can_decide_erasure(request.user, asked))
        if form.is_valid():
            try:
                return _answer(request, asked, form.cleaned_data["answer"])
            except Refusal as refusal:
                form.add_error(None, refusal.sentence)
    return render(request, "keeping/erasure.html", _shown(request, asked) | {"form": form})


def _answer(request: HttpRequest, asked: ErasureRequest, answer: str) -> HttpResponse:
    if request.POST.get("act") == "refuse":
        services.refuse_erasure(request=asked, answer=answer, by=reader(request))
        messages.success(request, "Refused. The person gets your reason by letter.")
        return redirect(asked)
    job = services.grant_erasure(request=asked, answer=answer, by=reader(request))
    return redirect(job)


def _shown(request: HttpRequest, asked: ErasureRequest) -> dict[str, object]:
    is_open = asked.state == ErasureState.ASKED
    parts = parts_of_erasure(asked.person) if is_open else []
    rows = [{"what": part.what, "count": part.count, "stays": part.stays} for part in parts] or asked.report
    return {
        "asked": asked,
        "goes": [row for row in rows if not row["stays"]],
        "stays": [row for row in rows if row["stays"]],
        "hindrances": hindrances(asked.person) if is_open else [],
        "can_decide": can_decide_erasure(request.user, asked).allowed,
    }
