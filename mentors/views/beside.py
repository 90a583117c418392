"""Two applications beside each other."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from mats_portal.cohorts.policies import evaluators_of_some_cohort
from mats_portal.web.access import access
from mentors.forms import CompareForm
from mentors.selectors.beside import comparable_by, pair_of
from mentors.views.door import evaluated_cohort


@access(evaluators_of_some_cohort)
def compare(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One application beside another (`?other=`), both of those that the reader may score."""
    cohort = evaluated_cohort(request, slug)
    several = comparable_by(request.user, cohort)
    others = [(other, name) for other, name in several if other != code]
    codes, wanted = [other for other, _ in others], request.GET.get("other", "")
    if len(others) == len(several) or (wanted and wanted not in codes):
        raise Http404
    at = codes.index(wanted) if wanted else -1
    facts = {
        "code": code,
        "name": dict(several)[code],
        "form": CompareForm(initial={"other": wanted}, others=others),
        "pair": pair_of(request.user, cohort, code, wanted) if wanted else None,
        "has_others": bool(others),
        "before": _address(codes[at - 1]) if at > 0 else "",
        "following": _address(codes[at + 1]) if at + 1 < len(codes) else "",
        "turned": _address(code),
    }
    return render(request, "mentors/compare.html", facts)


def _address(other: str) -> str:
    return "?" + urlencode({"other": other})
