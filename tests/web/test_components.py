"""The components: what they draw, what they escape, what a screen reader hears."""

import datetime as dt

import pytest
from django.http import QueryDict
from django.test import RequestFactory, override_settings
from django.utils import timezone

from mats_portal.web.components.charts import Bar
from mats_portal.web.components.courses import Course, Mark, levels_of, top_of
from mats_portal.web.components.moments import PathStep, ago, place_on_path, say, span, zone_name
from mats_portal.web.components.tables import pills
from mats_portal.web.styleguide import ExampleFilters, Stream
from tests.web.drawing import draw, elements

POISON = '"><script>alert(1)</script>'
DAY = dt.timedelta(days=1)
NOON = dt.datetime(2023, 5, 7, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "source",
    [
        "{% page_header bad subtitle=bad eyebrow=bad %}{% endpage_header %}",
        "{% crumbs bad bad bad %}",
        "{% tabs bad %}{% tab bad bad count=bad %}{% endtabs %}",
        "{% card bad note=bad tone=bad %}{% endcard %}",
        "{% facts %}{% fact bad bad %}{% endfacts %}",
        "{% confirm bad label=bad cancel_url=bad %}{% endconfirm %}",
        "{% button bad key=bad value=bad %}{% link_button bad bad %}{% post_button bad bad hidden=bad %}",
        "{% notice title=bad %}{% endnotice %}{% empty_state bad %}{% endempty_state %}{% audience bad %}",
        "{% status bad bad %}{% stream_mark bad 3 %}{% avatar bad bad %}",
        "{% parts %}{% part bad note=bad extra=bad url=bad %}{% endpart %}{% endparts %}",
        "{% progress_bar 1 2 label=bad words=bad %}",
        "{% stat bad bad note=bad url=bad %}{% figure bad definition=bad n=bad %}{% endfigure %}",
        "{% pager bad bad words=bad %}{% table bad %}{% row url=bad %}{% endrow %}{% endtable %}",
        "{% reorder bad %}{% reorder_item bad bad bad %}{% endreorder_item %}{% endreorder %}",
    ],
)
def test_component_escapes_everything_it_is_given(source: str) -> None:
    drawn = draw(source, bad=POISON)
    assert "<script" not in drawn
    assert "&lt;script&gt;" in drawn


def test_button_has_a_kind_and_takes_attributes() -> None:
    (button,) = elements(
        draw('{% button "Save" kind="primary" name="act" value="save" data_main_button=True %}'), "button"
    )
    assert button == {
        "type": "submit",
        "class": "button button-primary",
        "name": "act",
        "value": "save",
        "data-main-button": None,
    }


def test_post_button_is_a_form_with_a_token_and_its_hidden_fields() -> None:
    drawn = draw('{% post_button "Close" "/close/" state="closed" %}', csrf_token="secret")
    assert elements(drawn, "form")[0]["method"] == "post"
    assert [(field["name"], field["value"]) for field in elements(drawn, "input")] == [
        ("csrfmiddlewaretoken", "secret"),
        ("state", "closed"),
    ]


def test_tab_of_this_page_says_so() -> None:
    drawn = draw('{% tab "Here" "/a" current="a"|same:"a" %}{% tab "There" "/b" current="a"|same:"b" %}')
    assert [link.get("aria-current") for link in elements(drawn, "a")] == ["page", None]


def test_fact_without_a_value_says_so_and_zero_is_a_value() -> None:
    assert "not given" in draw('{% fact "Field" "" %}')
    assert "<dd>0</dd>" in draw('{% fact "Seats" 0 %}')


def test_notice_that_refuses_is_announced_at_once() -> None:
    assert 'role="alert"' in draw('{% notice kind="refusal" %}{% endnotice %}')
    assert 'role="alert"' not in draw("{% notice %}{% endnotice %}")


def test_stream_repeats_its_hue_with_another_shape() -> None:
    first, seventh = draw("{% stream_mark s %}", s=Stream("A", 0)), draw("{% stream_mark s %}", s=Stream("G", 6))
    assert "hue-0" in first
    assert "hue-0" in seventh
    assert "mark-0" in first
    assert "mark-1" in seventh


def test_pips_say_the_count_in_words() -> None:
    drawn = draw("{% pips 2 3 %}")
    assert "2 of 3" in drawn
    assert [circle["class"] for circle in elements(drawn, "circle")] == ["full", "full", "hollow"]
    assert elements(draw("{% pips 12 30 %}"), "circle") == []


def test_whisker_says_its_interval_and_keeps_what_lies_outside_on_its_rail() -> None:
    drawn = draw("{% whisker 8.3 low=-5 high=40 cut=7.5 %}")
    (picture,) = elements(drawn, "svg")
    assert picture["aria-label"] == "8.3, between -5 and 40; the cut is at 7.5"
    (reach,) = (line for line in elements(drawn, "line") if line["class"] == "reach")
    assert (reach["x1"], reach["x2"]) == ("4", "116")
    assert "no estimate yet" in draw("{% whisker None %}")


def test_bars_share_one_scale_and_an_empty_list_is_no_error() -> None:
    rows = [Bar("Started", 460), {"label": "Accepted", "n": 60}]
    widths = [bar["width"] for bar in elements(draw("{% bars rows %}", rows=rows), "rect") if bar["class"] == "fill"]
    assert widths == ["1000", "130"]
    assert draw("{% bars rows %}", rows=[])
    assert draw("{% bars rows %}", rows=[Bar("Nobody", 0)])


def test_path_puts_today_between_two_milestones() -> None:
    steps = [PathStep("Open", NOON - 3 * DAY), PathStep("Close", NOON + DAY), PathStep("Offers", None)]
    placed = place_on_path(steps, NOON)
    assert [(step["state"], step["filled"]) for step in placed] == [("past", 75), ("current", 0), ("future", 0)]
    assert placed[0]["left"] == ""
    assert placed[2]["text"] == "not set yet"


def test_path_that_is_over_is_filled_and_one_that_is_empty_is_no_error() -> None:
    over = place_on_path([PathStep("Open", NOON - 2 * DAY), PathStep("Close", NOON - DAY)], NOON)
    assert [(step["state"], step["filled"]) for step in over] == [("past", 100), ("past", 0)]
    assert place_on_path([], NOON) == []
    assert draw("{% path steps %}", steps=[])


def test_path_says_the_current_step_to_a_screen_reader() -> None:
    steps = [PathStep("Open", NOON - DAY), PathStep("Close", NOON + 4 * DAY)]
    drawn = draw("{% path steps now=now %}", steps=steps, now=NOON)
    assert [item.get("aria-current") for item in elements(drawn, "li")] == [None, "step"]
    assert "in 4 days" in drawn


def test_moment_is_said_in_the_zone_of_the_reader_or_the_one_named() -> None:
    close = dt.datetime(2023, 5, 8, 11, 59, tzinfo=dt.UTC)
    with timezone.override("Pacific/Auckland"):
        assert say(close, today=dt.date(2023, 4, 1)) == "Mon 8 May, 23:59"
    assert say(close, zone="AoE", today=dt.date(2023, 4, 1)) == "Sun 7 May, 23:59"
    assert say(close, today=dt.date(2026, 4, 1)) == "Mon 8 May 2023, 11:59"
    assert zone_name("America/New_York") == "New York"


def test_countdown_names_both_zones_unless_they_are_one() -> None:
    later = timezone.now() + 3 * DAY
    with timezone.override("Pacific/Auckland"):
        assert "anywhere on Earth, the official time" in draw("{% countdown at %}{% endcountdown %}", at=later)
    same = draw('{% countdown at official_zone="UTC" %}{% endcountdown %}', at=later)
    assert "official" not in same
    gone = draw("{% countdown at %}{% endcountdown %}", at=timezone.now() - DAY)
    assert "Closed" in gone
    assert "data-countdown" not in gone


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (3 * DAY + dt.timedelta(hours=4), "3 d 4 h"),
        (dt.timedelta(hours=2, minutes=10), "2 h 10 min"),
        (dt.timedelta(minutes=5, seconds=3), "5 min"),
        (dt.timedelta(seconds=40), "40 s"),
        (dt.timedelta(0), "0 s"),
        (-DAY, "0 s"),
        (3 * DAY, "3 d"),
    ],
)
def test_span_is_said_in_its_two_largest_units(length: dt.timedelta, words: str) -> None:
    assert span(length) == words


def test_ago_grows_coarser_with_distance() -> None:
    now = timezone.now()
    assert "just now" in ago(now)
    assert "never" in ago(None)
    assert "yesterday" in ago(now - DAY)


def test_pager_with_one_page_draws_nothing() -> None:
    assert draw("{% pager %}").strip() == ""
    assert [link["rel"] for link in elements(draw('{% pager "?b=1" "?a=2" %}'), "a")] == ["prev", "next"]


def test_pill_is_worded_as_in_the_form_and_its_removal_keeps_the_rest() -> None:
    params = QueryDict("q=ada&status=submitted&education=phd&after=x&stranger=1")
    first, second = pills(ExampleFilters(params), params)
    assert (first.label, second.label) == ("Status: submitted", "Education: PhD or higher")
    assert first.remove_url == "?q=ada&education=phd&stranger=1"


def test_filters_keep_what_was_searched_for() -> None:
    request = RequestFactory().get("/", {"q": "ada", "status": "submitted"})
    drawn = draw("{% filters form %}", form=ExampleFilters(request.GET), request=request)
    assert ("q", "ada") in [(field.get("name"), field.get("value")) for field in elements(drawn, "input")]
    assert "remove this filter" in drawn


def test_row_without_an_address_cannot_be_pressed() -> None:
    assert "data-href" not in draw("{% row %}<td>x</td>{% endrow %}")
    assert elements(draw('{% row url="/a" selected=True %}{% endrow %}'), "tr") == [
        {"data-href": "/a", "aria-selected": "true"}
    ]


@override_settings(LANGUAGE_CODE="en-gb")
def test_saved_mark_is_empty_until_something_was_saved() -> None:
    assert "Saved" not in draw("{% saved %}")
    assert "Saved 12:00" in draw("{% saved at=at %}", at=NOON)


def test_long_path_counts_what_it_has_no_room_for_and_opens_to_all_of_it() -> None:
    steps = [PathStep(f"Step {i}", NOON + (i - 4) * DAY, text=f"on day {i}", short=f"day {i}") for i in range(11)]
    drawn = draw("{% path steps now=now %}", steps=steps, now=NOON + DAY / 2)
    line, everything = drawn.split("</ol>")
    assert [f"Step {i}<" in line or f"Step {i} <" in line for i in range(11)] == [False] * 4 + [True] * 5 + [False] * 2
    assert "4 earlier" in line
    assert "2 more" in line
    assert "day 4" in line
    assert "on day 4" not in line
    assert all(f"on day {i}" in everything for i in range(11))


def test_upright_path_shows_every_step() -> None:
    steps = [PathStep(f"Step {i}", NOON + i * DAY) for i in range(11)]
    assert draw("{% path steps upright=True %}", steps=steps).count("<li") == 11


def test_courses_share_one_scale_and_keep_what_is_drawn_inside() -> None:
    lines = [Course("Now", "now", [(0, 0), (7, 12)]), Course("Then <b>", "before", [(0, 0), (14, 18)])]
    marks = [Mark(3.5, 1, "Twitter: <b>", "#done-1"), Mark(99, 2, "Too late", "#done-2")]
    drawn = draw("{% courses lines span=14 label='So far' marks=marks here=7 %}", lines=lines, marks=marks)
    paths = [path["d"] for path in elements(drawn, "path") if "L" in str(path["d"])]
    assert paths == ["M0.0 1000.0 L500.0 400.0", "M0.0 1000.0 L1000.0 100.0"]
    links = elements(drawn, "a")
    assert [link["href"] for link in links] == ["#done-1", "#done-2"]
    assert [dot["cx"] for dot in elements(drawn, "circle") if dot["class"] == "done-dot"] == ["25.00%", "100.00%"]
    assert "<b>" not in drawn
    assert "style=" not in drawn


@pytest.mark.parametrize(
    ("most", "levels"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (3, [0, 1, 2, 3]),
        (18, [0, 5, 10, 15, 20]),
        (412, [0, 200, 400, 600]),
        (1999, [0, 500, 1000, 1500, 2000]),
        (98, [0, 25, 50, 75, 100]),
    ],
)
def test_scale_of_courses_is_round_and_holds_everything(most: int, levels: list[int]) -> None:
    assert levels_of(top_of(most)) == levels


def test_courses_of_nobody_are_no_error() -> None:
    assert draw("{% courses lines span=0 label='So far' %}", lines=[])
    assert draw("{% courses lines span=7 label='So far' %}", lines=[Course("Now", "now", [(0, 0)])])
