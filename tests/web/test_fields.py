"""Fields: every control has a name, its help and its error are tied to it, typed text is kept."""

import pytest
from django import forms

from mats_portal.web.styleguide import ANCHORS, ExampleForm, ExampleScores
from tests.web.drawing import draw, elements

WRONG = {"name": "", "email": "ada@", "why": "I would <b>stop</b>", "work": "b"}


def test_every_control_has_a_label() -> None:
    drawn = draw("{% fields form %}", form=ExampleForm())
    labelled = {label["for"] for label in elements(drawn, "label")}
    controls = [c for name in ("input", "select", "textarea") for c in elements(drawn, name)]
    grouped = {"id_starts_0", "id_starts_1"}  # A date and a time, under one legend.
    assert {control["id"] for control in controls} - grouped <= labelled
    assert len(controls) > 10


def test_everything_that_describes_a_control_is_on_the_page() -> None:
    for form in (ExampleForm(), ExampleForm(WRONG)):
        drawn = draw("{% fields form %}{% field form.why words=400 hint='More.' %}", form=form)
        ids = {one["id"] for one in elements(drawn) if one.get("id")}
        for described in filter(None, (one.get("aria-describedby") for one in elements(drawn))):
            assert set(described.split()) <= ids


def test_errors_are_listed_first_with_links_and_typed_text_is_kept() -> None:
    drawn = draw("{% fields form %}", form=ExampleForm(WRONG))
    assert drawn.index("error-summary") < drawn.index("<input")
    ids = {one["id"] for one in elements(drawn) if one.get("id")}
    targets = [link["href"] for link in elements(drawn, "a")]
    assert len(targets) == 5
    assert {str(target).removeprefix("#") for target in targets} <= ids
    assert "I would &lt;b&gt;stop&lt;/b&gt;" in drawn
    assert 'value="ada@"' in drawn


def test_form_without_errors_has_no_list_of_them() -> None:
    assert draw("{% error_summary form %}", form=ExampleForm()).strip() == ""


def test_general_error_is_listed_without_a_link() -> None:
    form = ExampleForm(WRONG)
    form.add_error(None, "Applications closed on Sunday.")
    assert "<li>Applications closed on Sunday.</li>" in draw("{% error_summary form %}", form=form)


def test_only_what_is_optional_is_marked() -> None:
    assert "optional" in draw("{% field form.email %}", form=ExampleForm())
    assert "optional" not in draw("{% field form.name %}", form=ExampleForm())


def test_count_follows_the_limit_of_the_field() -> None:
    form = ExampleForm()
    form.fields["why"].word_limit = 400  # type: ignore[attr-defined]
    (control,) = elements(draw("{% field form.why %}", form=form), "textarea")
    assert (control["data-count"], control["data-limit"]) == ("words", "400")
    assert "id_why_count" in str(control["aria-describedby"])
    (plain,) = elements(draw("{% field form.why %}", form=ExampleForm()), "textarea")
    assert "data-count" not in plain


def test_fields_can_be_named() -> None:
    drawn = draw("{% fields form 'name' 'email' %}", form=ExampleForm())
    assert [control["name"] for control in elements(drawn, "input")] == ["name", "email"]


def test_hidden_field_is_drawn_bare() -> None:
    class Versioned(forms.Form):
        version = forms.IntegerField(widget=forms.HiddenInput(attrs={"data-version": True}), initial=7)

    drawn = draw("{% fields form %}", form=Versioned())
    assert elements(drawn, "label") == []
    assert elements(drawn, "input")[0]["value"] == "7"


@pytest.mark.parametrize(("value", "chosen"), [(4, "4"), ("4", "4"), (None, None), ("", None)])
def test_rating_chooses_what_was_scored_and_nothing_when_nothing_was(value: object, chosen: str | None) -> None:
    drawn = draw("{% rating form.technical anchors=a %}", form=ExampleScores(initial={"technical": value}), a=ANCHORS)
    checked = [radio["value"] for radio in elements(drawn, "input") if "checked" in radio]
    assert checked == ([chosen] if chosen else [])
    assert ANCHORS[4] in drawn


def test_post_form_carries_the_token_and_where_it_is_saved() -> None:
    drawn = draw('{% post_form autosave="/save/" id="f" %}<p>x</p>{% endpost_form %}', csrf_token="secret")
    (form,) = elements(drawn, "form")
    assert form["method"] == "post"
    assert form["data-autosave-url"] == "/save/"
    assert elements(drawn, "input")[0]["value"] == "secret"
