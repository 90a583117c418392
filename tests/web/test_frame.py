"""The menus of the frame, written as strings."""

from __future__ import annotations

from django.test import override_settings

from mats_portal.web.components.frame import frame_menu, frame_menu_phone, frame_own_pages, frame_tabs
from mats_portal.web.menu import MenuItem, Place, entries_of

PAGES = (
    MenuItem("Home", "/", 0, is_alone=True),
    MenuItem("<Plans>", '/plans/?a=1&b="2"', 10),
    MenuItem("Dates", "/dates/", 20, "Set-up"),
    MenuItem("People", "/people/", 21, "Set-up"),
)


def test_main_menu_marks_the_page_and_escapes_what_it_shows() -> None:
    drawn = frame_menu(entries_of(PAGES, "/"))
    assert '<li><a href="/" aria-current="page">Home</a></li>' in drawn
    assert '<a href="/plans/?a=1&amp;b=&quot;2&quot;">&lt;Plans&gt;</a>' in drawn
    assert '<a href="/dates/">Set-up</a>' in drawn
    assert '<a href="/dates/" aria-current="true">Set-up</a>' in frame_menu(entries_of(PAGES, "/people/7/"))


def test_tabs_are_those_of_the_current_entry() -> None:
    entries = entries_of(PAGES, "/people/")
    drawn = frame_tabs(next(entry for entry in entries if entry.current))
    assert drawn.startswith('<nav class="sub-menu" aria-label="Set-up">')
    assert '<a href="/people/" aria-current="page">People</a>' in drawn
    assert frame_tabs(entries_of(PAGES, "/")[0]) == frame_tabs(None) == ""


def test_phone_menu_holds_entries_with_their_tabs_and_the_cohorts() -> None:
    place = Place("Winter & co", (MenuItem("Overview", "/w/"),), (MenuItem("Summer", "/s/"),))
    drawn = frame_menu_phone(entries_of(PAGES, "/people/"), place)
    assert '<p class="menu-group">Set-up</p><ul><li><a href="/dates/">Dates</a></li>' in drawn
    assert '<p class="menu-group">Winter &amp; co</p><ul><li><a href="/w/">Overview</a></li></ul>' in drawn
    assert '<p class="menu-group">Other cohorts</p><ul><li><a href="/s/">Summer</a></li></ul>' in drawn
    assert "Other cohorts" not in frame_menu_phone(entries_of(PAGES, "/"), Place("Winter", (), ()))
    assert "menu-group" not in frame_menu_phone(entries_of(PAGES[:1], "/"), None)


def test_own_pages_are_those_that_the_site_has() -> None:
    assert ">My data</a>" in frame_own_pages()
    with override_settings(ROOT_URLCONF="mats_portal.support_urls"):
        assert ">My data</a>" not in frame_own_pages()
