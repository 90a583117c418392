"""Forms speak in our words."""

from typing import Any

import pytest
from django import forms

CASES: list[tuple[forms.Field, Any, str]] = [
    (forms.CharField(), "", "Fill this in."),
    (forms.CharField(max_length=3), "four", "At most 3 characters; these are 4."),
    (forms.EmailField(), "ada", "This does not look like an e-mail address. One looks like name@example.org."),
    (
        forms.URLField(assume_scheme="https"),
        "no address",
        "This does not look like a web address. One begins with https://",
    ),
    (forms.BooleanField(), False, "Tick the box to go on."),
    (forms.ChoiceField(choices=[("a", "A")]), "", "Choose one of these."),
    (forms.ChoiceField(choices=[("a", "A")]), "b", "That is not one of the choices. Choose again."),
    (forms.MultipleChoiceField(choices=[("a", "A")]), [], "Choose at least one."),
    (forms.IntegerField(), "many", "Write a whole number, in digits."),
    (forms.IntegerField(max_value=3), "4", "At most 3."),
    (forms.DateField(), "soon", "Write the day as 2027-05-07."),
    (forms.DateTimeField(), "soon", "Write day and time as 2027-05-07 23:59."),
    (forms.FileField(), None, "Choose a file."),
]


@pytest.mark.parametrize(("field", "given", "said"), CASES)
def test_what_is_wrong_is_said_in_our_words(field: forms.Field, given: Any, said: str) -> None:
    with pytest.raises(forms.ValidationError) as refused:
        field.clean(given)
    assert refused.value.messages == [said]


def test_field_with_words_of_its_own_keeps_them() -> None:
    field = forms.CharField(error_messages={"required": "Say who you are."})
    with pytest.raises(forms.ValidationError) as refused:
        field.clean("")
    assert refused.value.messages == ["Say who you are."]
