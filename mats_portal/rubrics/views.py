"""Where staff change what applications are scored against: each change makes the next version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.policies import staff_or_administrators
from mats_portal.cohorts.selectors import cohorts_visible_to
from mats_portal.rubrics.forms import CopyForm, CriterionForm
from mats_portal.rubrics.policies import can_edit_rubric, rubric_cohorts_visible_to
from mats_portal.rubrics.scales import ScoreForm
from mats_portal.rubrics.selectors import Edition, criteria_of, current_version, editions, rubrics_to_copy
from mats_portal.rubrics.services import make_rubric_version, open_rubric
from mats_portal.rubrics.specs import CriterionSpec, new_key
from mats_portal.rubrics.states import RubricPurpose
from mats_portal.web.access import ACT, FORM, access, require
from mats_portal.web.errors import Refusal
from mats_portal.web.keyed import moved, replaced, without

PURPOSE = RubricPurpose.APPLICATION
SAVED = "Saved as version {}. Reviews that are begun keep the version they began with."


@dataclass(frozen=True, slots=True)
class Desk:
    """The rubric that is being changed, all its versions at hand."""

    cohort: Cohort
    editions: list[Edition]

    @property
    def number(self) -> int:
        """The number of the current version; 0 for none."""
        return self.editions[0].version.number if self.editions else 0

    @property
    def specs(self) -> list[CriterionSpec]:
        """The criteria of the current version."""
        return _specs(self.editions[0]) if self.editions else []

    @property
    def is_mixed(self) -> bool:
        """Whether reviews were begun with more than one version."""
        return sum(edition.sheets > 0 for edition in self.editions) > 1

    def edition(self, number: int) -> Edition:
        """The version of that number, else 404."""
        found = next((one for one in self.editions if one.version.number == number), None)
        if found is None:
            raise Http404
        return found


def _specs(edition: Edition) -> list[CriterionSpec]:
    return [CriterionSpec.of(criterion) for criterion in criteria_of(edition.version)]


def _desk(request: HttpRequest, slug: str) -> Desk:
    cohort = get_object_or_404(cohorts_visible_to(request.user), slug=slug)
    request.cohort = cohort  # type: ignore[attr-defined]
    require(can_edit_rubric(request.user, cohort))
    return Desk(cohort, editions(cohort, PURPOSE))


@access(staff_or_administrators)
def rubric(request: HttpRequest, slug: str) -> HttpResponse:
    """The criteria of the current version, in order, and the versions before it."""
    return _show(request, _desk(request, slug))


def _show(
    request: HttpRequest, desk: Desk, copy_form: CopyForm | None = None, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    sources = rubrics_to_copy(rubric_cohorts_visible_to(request.user).exclude(pk=desk.cohort.pk), PURPOSE)
    facts = {"desk": desk, "copy_form": copy_form or CopyForm(rubrics=sources, initial={"after": desk.number})}
    return render(request, "rubrics/rubric_detail.html", facts, status=status)


@access(staff_or_administrators)
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The scales as a reviewer meets them; nothing is saved."""
    desk = _desk(request, slug)
    criteria = criteria_of(desk.editions[0].version) if desk.editions else []
    return render(request, "rubrics/rubric_preview.html", {"desk": desk, "form": ScoreForm(criteria=criteria)})


@access(staff_or_administrators)
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One version as it was, and what it changed."""
    desk = _desk(request, slug)
    edition = desk.edition(number)
    return render(request, "rubrics/version_detail.html", {"desk": desk, "edition": edition, "specs": _specs(edition)})


@access(staff_or_administrators, methods=FORM)
def criterion(request: HttpRequest, slug: str, key: str = "") -> HttpResponse:
    """Add a criterion, or change one."""
    desk = _desk(request, slug)
    spec = next((one for one in desk.specs if one.key == key), None)
    if key and spec is None:
        raise Http404
    form = CriterionForm.of(spec, desk.number, request.POST if request.method == "POST" else None)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            written = form.spec(key or new_key(desk.specs, form.cleaned_data["label"]))
            try:
                _save(request, desk, replaced(desk.specs, written), form.cleaned_data["after"])
            except Refusal as refusal:
                form.add_error(None, refusal.sentence)
                status = HTTPStatus.CONFLICT
            else:
                return redirect("rubrics:rubric", slug)
    return render(request, "rubrics/criterion_form.html", {"desk": desk, "spec": spec, "form": form}, status=status)


def _save(request: HttpRequest, desk: Desk, specs: Sequence[CriterionSpec], after: int) -> None:
    made = make_rubric_version(rubric=open_rubric(cohort=desk.cohort), criteria=specs, by=request.user, after=after)
    words = SAVED.format(made.number) if made.number != desk.number else "Nothing changed."
    messages.success(request, words)


@access(staff_or_administrators, methods=ACT)
def move(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Move a criterion up or down."""
    desk = _desk(request, slug)
    step = {"up": -1, "down": 1}.get(request.POST.get("to", ""), 0)
    return _act(request, desk, moved(desk.specs, key, step))


@access(staff_or_administrators, methods=ACT)
def remove(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Score it no more; scores that were given are kept."""
    desk = _desk(request, slug)
    return _act(request, desk, without(desk.specs, key))


@access(staff_or_administrators, methods=ACT)
def restore(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Make a next version like an earlier one."""
    desk = _desk(request, slug)
    return _act(request, desk, _specs(desk.edition(number)))


@access(staff_or_administrators, methods=ACT)
def copy(request: HttpRequest, slug: str) -> HttpResponse:
    """Make a next version like the current one of another cohort."""
    desk = _desk(request, slug)
    sources = rubrics_to_copy(rubric_cohorts_visible_to(request.user).exclude(pk=desk.cohort.pk), PURPOSE)
    form = CopyForm(request.POST, rubrics=sources)
    if not form.is_valid():
        return _show(request, desk, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    source = next(one.cohort for one in sources if one.cohort.slug == form.cleaned_data["cohort"])
    taken = current_version(source, PURPOSE)
    return _act(request, desk, [CriterionSpec.of(one) for one in criteria_of(taken)] if taken else [])


def _act(request: HttpRequest, desk: Desk, specs: Sequence[CriterionSpec]) -> HttpResponse:
    after = request.POST.get("after", "")
    try:
        _save(request, desk, specs, int(after) if after.isascii() and after.isdigit() and len(after) < 6 else -1)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect("rubrics:rubric", desk.cohort.slug)
