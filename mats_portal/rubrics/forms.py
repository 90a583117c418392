"""A criterion, as its editor writes it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from mats_portal.rubrics.models import HIGHEST, LOWEST, Rubric
from mats_portal.rubrics.services import MAX_LABEL, MAX_TEXT, MAX_WEIGHT
from mats_portal.rubrics.specs import CriterionSpec
from mats_portal.rubrics.states import Dimension
from mats_portal.web.forms import CleanCharField

POINTS = range(LOWEST, HIGHEST + 1)
MEANS = {LOWEST: "What 1, the lowest, means", HIGHEST: "What 5, the highest, means"}


class CriterionForm(forms.Form):
    """Name, weight and the meaning of each point. `after`: the number of the version that the editor saw."""

    after = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    label = CleanCharField(label="Name", max_length=MAX_LABEL)
    help = CleanCharField(label="What it asks for", required=False, max_length=MAX_TEXT)
    dimension = forms.ChoiceField(
        label="What it measures",
        choices=Dimension.choices,
        widget=forms.RadioSelect,
        help_text="Ability and motivation are two means, and never added up.",
    )
    weight = forms.IntegerField(
        label="Weight", min_value=1, max_value=MAX_WEIGHT, help_text="Within its own mean; 2 counts twice as much as 1."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        for point in POINTS:
            label = MEANS.get(point, f"What {point} means")
            self.fields[f"anchor_{point}"] = CleanCharField(label=label, required=False, max_length=MAX_TEXT)

    @classmethod
    def of(cls, spec: CriterionSpec | None, after: int, data: Any = None) -> CriterionForm:
        """The form of a criterion, or of a new one."""
        initial: dict[str, Any] = {"after": after, "weight": 1, "dimension": Dimension.ABILITY}
        if spec:
            initial |= {name: getattr(spec, name) for name in ("label", "help", "dimension", "weight")}
            initial |= {f"anchor_{point}": text for point, text in enumerate(spec.anchors, LOWEST)}
        return cls(data, initial=initial)

    def spec(self, key: str) -> CriterionSpec:
        """What was written, under that key."""
        wanted = self.cleaned_data
        return CriterionSpec(
            key=key,
            label=wanted["label"],
            help=wanted["help"],
            anchors=tuple(wanted[f"anchor_{point}"] for point in POINTS),
            weight=wanted["weight"],
            dimension=Dimension(wanted["dimension"]),
        )


class CopyForm(forms.Form):
    """From which cohort."""

    after = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    cohort = forms.ChoiceField(label="Take the rubric of")

    def __init__(self, *args: Any, rubrics: Sequence[Rubric] | Iterable[Rubric], **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        choices = [(rubric.cohort.slug, rubric.cohort.name) for rubric in rubrics]
        self.fields["cohort"].choices = choices  # type: ignore[attr-defined]
