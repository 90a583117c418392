"""The filter above a list of letters."""

from django import forms
from django.db.models import Q, QuerySet

from mats_portal.outbox.kinds import letter_kinds
from mats_portal.outbox.models import Letter
from mats_portal.outbox.states import LetterState
from mats_portal.web.forms import CleanCharField


class LetterFilter(forms.Form):
    """Search by name, address or subject; narrow by state and kind."""

    q = CleanCharField(
        label="Search letters",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Name, address or subject"}),
    )
    state = forms.ChoiceField(label="State", required=False, choices=[("", "any"), *LetterState.choices])
    kind = forms.ChoiceField(label="Kind", required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        names = [kind.name for kind in letter_kinds() if not kind.is_sealed]
        self.fields["kind"].choices = [("", "any"), *((name, name) for name in names)]  # type: ignore[attr-defined]

    def narrow(self, letters: QuerySet[Letter], *, by_subject: bool = True) -> QuerySet[Letter]:
        """The letters that fit; what the form does not understand narrows nothing.

        by_subject=False for readers who may not see subjects: a search must not tell them either.
        """
        self.is_valid()
        found = self.cleaned_data
        if words := found.get("q"):
            fits = Q(address__icontains=words) | Q(recipient__name__icontains=words)
            fits |= Q(subject__icontains=words) if by_subject else Q()
            letters = letters.filter(fits)
        for name in ("state", "kind"):
            if value := found.get(name):
                letters = letters.filter(**{name: value})
        return letters
