"""The form of the draft: four texts, and rows of outputs that work without JavaScript."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from mats_portal.web.codes import new_code
from mats_portal.web.forms import CleanCharField, CleanTextField
from research_plans.content import OutputRow, PlanText
from research_plans.states import PROMPTS, Part

LONGEST = 50_000
SPARE_ROWS = 3
MOST_ROWS = 40
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DraftForm(forms.Form):
    """A scholar's draft. `revision` is the state of the draft it was shown from."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput(attrs={"data-version": True}))
    threat_model = CleanTextField(required=False, max_length=LONGEST)
    theory_of_change = CleanTextField(required=False, max_length=LONGEST)
    plan_of_action = CleanTextField(required=False, max_length=LONGEST)
    disagreement = CleanTextField(required=False, max_length=LONGEST)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in Part:
            field = self.fields[part.value]
            field.label, field.help_text = part.label, PROMPTS[part]
            field.widget.attrs["rows"] = 12 if part != Part.DISAGREEMENT else 6


class OutputForm(forms.Form):
    """One planned output."""

    title = CleanCharField(label="Output", required=False, max_length=200)
    due_on = forms.DateField(label="Date", required=False, widget=_DAY)

    def clean_due_on(self) -> date | None:
        """A day within the years the portal knows."""
        day: date | None = self.cleaned_data["due_on"]
        if day is not None and not 2000 <= day.year < 2200:
            raise forms.ValidationError("Please give a day between the years 2000 and 2200.")
        return day


OutputFormSet = forms.formset_factory(OutputForm, extra=SPARE_ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS + 10)


class PlanForms:
    """The draft's form and its rows together, from a draft or from what was posted."""

    def __init__(self, *, draft: PlanText, revision: int, posted: Any = None) -> None:
        texts = {part.value: draft.part(part) for part in Part}
        rows = [{"title": row.title, "due_on": row.due_on} for row in draft.outputs]
        self.draft = DraftForm(posted, initial={"revision": revision, **texts})
        self.outputs = OutputFormSet(posted, initial=rows, prefix="outputs")

    def is_valid(self) -> bool:
        """Whether both are in order; each says what is not."""
        return all([self.draft.is_valid(), self.outputs.is_valid()])

    @property
    def first_error(self) -> str:
        """What is wrong, in one sentence, for an answer that has no page."""
        for form in (self.draft, *self.outputs):
            for errors in form.errors.values():
                return str(errors[0])
        return "Something here needs another look."

    @property
    def revision(self) -> int:
        """The state of the draft that the writer saw."""
        return int(self.draft.cleaned_data["revision"])

    @property
    def text(self) -> PlanText:
        """What was written, as plain data. Empty rows are left out, so that emptying one removes it."""
        given = self.draft.cleaned_data
        rows: Sequence[dict[str, Any]] = [row.cleaned_data for row in self.outputs if row.cleaned_data]
        outputs = [OutputRow(row["title"], row["due_on"]) for row in rows if row["title"] or row["due_on"]]
        return PlanText({part: given[part.value] for part in Part}, outputs)


class SubmitForm(forms.Form):
    """The state of the draft that was read through."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class CommentForm(forms.Form):
    """A comment beside a plan."""

    form_key = forms.SlugField(max_length=16, widget=forms.HiddenInput, initial=new_code, required=False)
    part = forms.ChoiceField(label="About", required=False, choices=[("", "The whole plan"), *Part.choices])
    text = CleanTextField(label="Comment", max_length=10_000, widget=forms.Textarea(attrs={"rows": 4}))

    def clean_form_key(self) -> str:
        """The key that came with the form, or a new one."""
        return self.cleaned_data["form_key"] or new_code()
