"""Ask to be erased; answer."""

from django import forms

from mats_portal.web.forms import CleanTextField


class AskForm(forms.Form):
    """What the person wants to say, and that it is meant."""

    words = CleanTextField(
        label="Anything we should know", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    is_meant = forms.BooleanField(label="Yes, erase me: what goes cannot be brought back")


class AnswerForm(forms.Form):
    """What the administrator tells the person."""

    answer = CleanTextField(
        label="What you tell the person",
        max_length=4000,
        required=False,
        help_text="What is kept beyond the list, and why; or why it cannot be done.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
