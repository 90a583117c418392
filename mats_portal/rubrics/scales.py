"""A rubric as its scorer meets it: one scale for each criterion, and a comment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from mats_portal.rubrics.models import HIGHEST, LOWEST, Criterion
from mats_portal.rubrics.services import MAX_COMMENT
from mats_portal.web.forms import CleanTextField

POINTS = [("", "not scored"), *((str(point), str(point)) for point in range(LOWEST, HIGHEST + 1))]


class ScoreForm(forms.Form):
    """One scale for each criterion, and a comment. An empty scale is not scored, which is not zero."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput(attrs={"data-version": ""}))
    comment = CleanTextField(required=False, max_length=MAX_COMMENT, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, criteria: Sequence[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        self.criteria = list(criteria)
        for criterion in self.criteria:
            field = forms.TypedChoiceField(
                choices=POINTS,
                coerce=int,
                empty_value=None,
                required=False,
                label=criterion.label,
                help_text=criterion.help,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": "A score is a whole number from 1 to 5, or left empty."},
            )
            field.anchors = dict(enumerate(criterion.anchors, LOWEST))  # type: ignore[attr-defined]
            self.fields[self.name_of(criterion)] = field

    @staticmethod
    def name_of(criterion: Criterion) -> str:
        """The name of a criterion's field."""
        return f"score_{criterion.key}"

    @staticmethod
    def initial_of(values: Mapping[str, int], comment: str, revision: int) -> dict[str, Any]:
        """What the form shows for saved scores."""
        return {f"score_{key}": value for key, value in values.items()} | {"comment": comment, "revision": revision}

    def values(self) -> dict[str, int | None]:
        """The scores by the criterion's key."""
        return {criterion.key: self.cleaned_data[self.name_of(criterion)] for criterion in self.criteria}

    def scales(self) -> list[tuple[Any, Criterion]]:
        """Each bound scale with its criterion."""
        return [(self[self.name_of(criterion)], criterion) for criterion in self.criteria]
