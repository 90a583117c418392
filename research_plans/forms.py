"""The form of the draft: four texts, and rows of outputs that work without JavaScript."""

from __future__ import annotations

import re
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
PREFIX = "outputs"
_ROW = re.compile(rf"{PREFIX}-([0-9]{{1,4}})-(?:title|due_on)")
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
    """The draft's form and its rows together, from a draft or from what was posted.

    Rows are counted by what was posted, not by the hidden count beside them. A row of the draft that was not posted
    at all is kept: only a row that was sent empty is removed.
    """

    def __init__(self, *, draft: PlanText, revision: int, posted: Any = None) -> None:
        texts = {part.value: draft.part(part) for part in Part}
        self.draft = DraftForm(posted, initial={"revision": revision, **texts})
        if posted is None:
            rows = [{"title": row.title, "due_on": row.due_on} for row in draft.outputs]
            self.outputs = OutputFormSet(initial=rows, prefix=PREFIX)
        else:
            self.outputs = OutputFormSet(_with_all_rows(posted, draft.outputs), prefix=PREFIX)

    def is_valid(self) -> bool:
        """Whether both are in order; each says what is not."""
        return all([self.draft.is_valid(), self.outputs.is_valid()])

    @property
    def first_error(self) -> str:
        """What is wrong, in one sentence, for an answer that has no page."""
        for form in (self.draft, *self.outputs):
            for errors in form.errors.values():
                return str(errors[0])
        for error in self.outputs.non_form_errors():
            return str(error)
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


def _with_all_rows(posted: Any, kept: Sequence[OutputRow]) -> Any:
    """What was posted, with the kept rows beyond it, and the count of both; untouched when its own count is none."""
    declared = posted.get(f"{PREFIX}-TOTAL_FORMS", "")
    if not (declared.isascii() and declared.isdigit() and int(declared[:6]) <= MOST_ROWS + 10):
        return posted
    places = [int(found[1]) for name in posted if (found := _ROW.fullmatch(name))]
    count = max(places, default=-1) + 1
    data = posted.copy()
    for place, row in enumerate(kept[count:], count):
        data[f"{PREFIX}-{place}-title"] = row.title
        data[f"{PREFIX}-{place}-due_on"] = row.due_on.isoformat() if row.due_on else ""
    data[f"{PREFIX}-TOTAL_FORMS"], data[f"{PREFIX}-INITIAL_FORMS"] = str(max(count, len(kept))), "0"
    return data


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
