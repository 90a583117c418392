"""What people type into the pages of marking by question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from mats_portal.people.models import Person
from mats_portal.rubrics.models import HIGHEST, LOWEST, Criterion
from mentors.selectors.marking import MarkableQuestion


class QuestionForm(forms.Form):
    """Which question, against which criterion, to whom."""

    question = forms.ChoiceField(label="Question")
    criterion = forms.ChoiceField(
        label="Marked against", help_text="A line of the rubric; its texts say what 1 to 5 mean."
    )
    markers = forms.MultipleChoiceField(
        label="Who marks it",
        widget=forms.CheckboxSelectMultiple,
        help_text="Each reads all its answers. One person who reads them all marks evenly.",
        error_messages={"required": "Choose at least one person."},
    )

    def __init__(
        self,
        *args: Any,
        questions: Sequence[MarkableQuestion],
        criteria: Sequence[Criterion],
        people: Sequence[Person],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        self._questions = {question.value: question for question in questions}
        self._criteria = {criterion.key: criterion for criterion in criteria}
        self._people = {person.code: person for person in people}
        for name, choices in {
            "question": [(value, question.label[:120]) for value, question in self._questions.items()],
            "criterion": [(key, criterion.label) for key, criterion in self._criteria.items()],
            "markers": [(code, person.name) for code, person in self._people.items()],
        }.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_question(self) -> MarkableQuestion:
        """The question itself."""
        return self._questions[self.cleaned_data["question"]]

    def clean_criterion(self) -> Criterion:
        """The criterion itself."""
        return self._criteria[self.cleaned_data["criterion"]]

    def clean_markers(self) -> list[Person]:
        """The people themselves."""
        return [self._people[code] for code in self.cleaned_data["markers"]]


class MarkForm(forms.Form):
    """One point for one answer; `application` says whose, so that a second window marks what it shows."""

    application = forms.SlugField(max_length=16, widget=forms.HiddenInput)
    value = forms.TypedChoiceField(
        choices=[(str(point), str(point)) for point in range(LOWEST, HIGHEST + 1)],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a point from 1 to 5, or leave the answer for later."},
    )

    def __init__(self, *args: Any, criterion: Criterion, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        field: Any = self.fields["value"]
        field.label, field.help_text = criterion.label, criterion.help
        field.anchors = dict(enumerate(criterion.anchors, LOWEST))


class NextForm(forms.Form):
    """Where the cut is, how many further reviews, and the most that one person reads."""

    k = forms.IntegerField(
        min_value=1,
        max_value=10_000,
        label="The cut: the first",
        help_text="As many as there are seats, or interviews.",
    )
    count = forms.IntegerField(min_value=1, max_value=200, label="Further reviews")
    cap = forms.IntegerField(
        min_value=1, max_value=1000, required=False, label="At most for one person", help_text="Empty for no limit."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
