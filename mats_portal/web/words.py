"""What form fields say when something is not right: our words instead of Django's, in one place.

Django builds the messages of a field from its classes, so they are changed on the classes,
before the first form is made. A field that brings `error_messages` of its own keeps them.
"""

from django import forms
from django.core import validators

WORDS: dict[type[forms.Field], dict[str, str]] = {
    forms.Field: {"required": "Fill this in."},
    forms.BooleanField: {"required": "Tick the box to go on."},
    forms.ChoiceField: {
        "required": "Choose one of these.",
        "invalid_choice": "That is not one of the choices. Choose again.",
    },
    forms.MultipleChoiceField: {
        "required": "Choose at least one.",
        "invalid_choice": "That is not one of the choices. Choose again.",
        "invalid_list": "Choose at least one.",
    },
    forms.ModelChoiceField: {
        "required": "Choose one of these.",
        "invalid_choice": "That is not one of the choices any more. Choose again.",
    },
    forms.IntegerField: {"invalid": "Write a whole number, in digits."},
    forms.FloatField: {"invalid": "Write a number, in digits."},
    forms.DateField: {"invalid": "Write the day as 2027-05-07."},
    forms.DateTimeField: {"invalid": "Write day and time as 2027-05-07 23:59."},
    forms.FileField: {
        "required": "Choose a file.",
        "invalid": "The file did not arrive. Choose it again.",
        "missing": "The file did not arrive. Choose it again.",
        "empty": "This file is empty. Choose another one.",
    },
}
ADDRESS = "This does not look like an e-mail address. One looks like name@example.org."
WEB_ADDRESS = "This does not look like a web address. One begins with https://"


def put_own_words() -> None:
    """Let every form that is made from now on speak in our words."""
    for field, words in WORDS.items():
        own = field.__dict__.get("default_error_messages", {})
        field.default_error_messages = {**own, **words}
    validators.EmailValidator.message = ADDRESS
    validators.validate_email.message = ADDRESS
    validators.URLValidator.message = WEB_ADDRESS
    forms.URLField.default_error_messages = {"invalid": WEB_ADDRESS}
    validators.MaxLengthValidator.message = "At most %(limit_value)d characters; these are %(show_value)d."
    validators.MinLengthValidator.message = "At least %(limit_value)d characters; these are %(show_value)d."
    validators.MaxValueValidator.message = "At most %(limit_value)s."
    validators.MinValueValidator.message = "At least %(limit_value)s."
