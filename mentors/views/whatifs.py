"""What if: change one thing, run the matching, look at the runs side by side, and make one of them the round."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.cohorts.policies import staff_of_some_cohort
from mats_portal.cohorts.selectors import streams_with_mentors
from mats_portal.web.access import FORM, access, require
from mats_portal.web.errors import Refusal
from mentors.errors import ReasonMissing
from mentors.forms import ReasonForm
from mentors.matching_forms import ASKS, Ask, AskLeaves, application_of
from mentors.models import WhatIf
from mentors.policies import can_offer, can_overrule_matching
from mentors.selectors import conflicted_applications
from mentors.selectors.comparing import compare, runs_of, what_ifs_of
from mentors.services import ask_what_if, make_round_of
from mentors.views.door import run_cohort

MOST = 4  # Runs side by side, beside what is true now.


@access(staff_of_some_cohort, methods=FORM)
def what_if(request: HttpRequest, slug: str) -> HttpResponse:
    """The runs that were asked for beside what is true now, and the next thing to change."""
    cohort = run_cohort(request, slug)
    codes = list(dict.fromkeys(request.GET.getlist("run")))[-MOST:]
    streams = list(streams_with_mentors(cohort))
    forms = _forms(request, cohort, streams)
    if request.method != "POST":
        return _show(request, cohort, codes, forms)
    require(can_offer(request.user, cohort))
    form = next((form for form in forms if form.is_bound), None)
    if form is None or _kind(request) is None:
        _say_what_is_missing(request, form)
        return _show(request, cohort, codes, forms, HTTPStatus.BAD_REQUEST)
    if not form.is_valid() or not (change := _change(request, cohort, streams, form)):
        return _show(request, cohort, codes, forms, HTTPStatus.BAD_REQUEST)
    base = WhatIf.objects.filter(cohort=cohort, code=request.POST.get("base", "")).first()
    try:
        asked = ask_what_if(cohort=cohort, change=change, base=base, name=form.cleaned_data["name"], by=request.user)
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        return _show(request, cohort, codes, forms, HTTPStatus.CONFLICT)
    return redirect(_address(slug, [*codes, asked.code]))


def _address(slug: str, codes: list[str]) -> str:
    query = urlencode([("run", code) for code in codes[-MOST:]])
    return reverse("mentors:what_if", args=[slug]) + (f"?{query}" if query else "")


def _forms(request: HttpRequest, cohort: Cohort, streams: list[Stream]) -> list[Ask]:
    """One form for each kind of change; the one that was sent is bound, or the likeliest if it does not say."""
    people = {m.person.code: m.person for stream in streams for m in stream.mentors}  # type: ignore[attr-defined]
    mentors = sorted(people.values(), key=lambda person: (person.name, person.pk))
    forms, sent = [], _kind(request) or _likeliest(request)
    for kind in ASKS:
        data = request.POST if kind is sent else None
        more: dict[str, Any] = {"mentors": mentors} if kind is AskLeaves else {}
        forms.append(kind(data, cohort=cohort, streams=streams, **more))
    return forms


def _kind(request: HttpRequest) -> type[Ask] | None:
    return next((kind for kind in ASKS if kind.kind == request.POST.get("kind")), None)


def _likeliest(request: HttpRequest) -> type[Ask] | None:
    """The form whose fields are most like those that were sent, so that nothing typed is lost."""
    known = {name for kind in ASKS for name in kind.base_fields}
    sent = known & set(request.POST)
    if not sent:
        return None
    return min(ASKS, key=lambda kind: len(sent ^ set(kind.base_fields)))


def _say_what_is_missing(request: HttpRequest, form: Ask | None) -> None:
    if form is None:
        messages.error(request, "Nothing was run. Choose one thing to change, fill in its form and run it.")
    else:
        form.full_clean()  # An error can be added only after.
        form.add_error(None, "Nothing was run: it did not say what to change. If this is the form you meant, run it.")


def _change(request: HttpRequest, cohort: Cohort, streams: list[Stream], form: Ask) -> dict[str, Any]:
    """The change, with what only the database knows; nothing, and an error on the form, when it cannot be."""
    change = form.change()
    if "application" in change:
        application = application_of(cohort, change["application"], conflicted_applications(request.user))
        if application is None:
            form.add_error("application", "There is no submitted application of that code in this cohort.")
            return {}
        change["application"] = application.code
    if form.kind == "leaves":
        led = {stream.code: [m.person for m in stream.mentors] for stream in streams}  # type: ignore[attr-defined]
        person = next(one for people in led.values() for one in people if one.code == change["person"])
        alone = [code for code, people in led.items() if people == [person]]
        if not alone:
            form.add_error("person", "Their streams have another mentor and go on. Change the seats instead.")
            return {}
        change["streams"] = alone
    return change


def _show(
    request: HttpRequest, cohort: Cohort, codes: list[str], forms: list[Ask], status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    runs = runs_of(cohort, codes)
    comparison = compare(cohort, runs, request.user)
    wanted = request.POST.get("base", "") or request.GET.get("base", "")
    based = (column for column in comparison.columns if isinstance(column.run, WhatIf) and column.run.code == wanted)
    facts = {
        "cohort": cohort,
        "forms": forms,
        "base": next(based, None),
        "plain": _address(cohort.slug, codes),
        "codes": codes,
        "comparison": comparison,
        "saved": what_ifs_of(cohort, request.user),
    }
    return render(request, "mentors/what_if.html", facts, status=status)


@access(staff_of_some_cohort, methods=FORM)
def make_round(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Make true what a what-if supposed, and save it as the round; asks first."""
    cohort = run_cohort(request, slug)
    require(can_offer(request.user, cohort))
    asked = get_object_or_404(WhatIf.objects.select_related("cohort", "made_by"), cohort=cohort, code=code)
    has_fixed = any(change["kind"] == "fixed" for change in asked.changes)
    if has_fixed:
        require(can_overrule_matching(request.user, cohort))
    form = ReasonForm(request.POST or None, label_suffix="")
    status = HTTPStatus.OK
    if request.method == "POST":
        try:
            if has_fixed and not form.is_valid():
                raise ReasonMissing
            made = make_round_of(what_if=asked, reason=form.data.get("reason", ""), by=request.user)
            messages.success(request, f"{made} is made. Nobody has been told; prepare its offers here.")
            return redirect(made)
        except Refusal as refusal:
            messages.warning(request, refusal.sentence)
            status = HTTPStatus.CONFLICT
    _, column = compare(cohort, [asked], request.user).columns
    facts = {"cohort": cohort, "column": column, "form": form, "has_fixed": has_fixed}
    return render(request, "mentors/what_if_confirm_round.html", facts, status=status)
