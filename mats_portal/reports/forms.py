"""What a reader types on a report's page."""

from __future__ import annotations

from django import forms

from mats_portal.web.forms import CleanTextField

LONGEST_REMARK = 5_000


class RemarkForm(forms.Form):
    """A remark on a report. digest: of the snapshot that is on the page."""

    digest = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    text = CleanTextField(
        label="What is wrong, unclear or missing here?",
        help_text="Whoever may read this report sees it, with your name.",
        max_length=LONGEST_REMARK,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
