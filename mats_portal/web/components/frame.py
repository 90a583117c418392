"""The menus of the frame. Every page has them, twice or more, so they are written as strings and not by templates."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.conf import settings
from django.urls import NoReverseMatch, get_urlconf, reverse
from django.utils.html import escape
from django.utils.safestring import SafeString

from mats_portal.web.menu import Entry, MenuItem, Place

register = template.Library()

# What everybody has who is signed in, where the site has it.
OWN_PAGES = (
    ("people:settings", "Name and time zone"),
    ("account_email", "E-mail address"),
    ("account_change_password", "Password"),
    ("mfa_index", "Second factor"),
    ("people:own_data", "My data"),
)


@register.simple_tag
def frame_menu(entries: Iterable[Entry]) -> SafeString:
    """The main menu: one line for each entry, the current one marked (a page, or one of its tabs)."""
    return _list(_entry(entry) for entry in entries)


@register.simple_tag
def frame_tabs(entry: Entry | None) -> SafeString:
    """The pages of the current entry, when it has several."""
    if entry is None or not entry.tabs:
        return SafeString("")
    return SafeString(
        f'<nav class="sub-menu" aria-label="{escape(entry.label)}">{_list(_items(entry.tabs, entry.current))}</nav>'
    )


@register.simple_tag
def frame_menu_phone(entries: Iterable[Entry], place: Place | None) -> SafeString:
    """Everything that the wide menus hold, in one: the entries with their tabs, then the cohort and the others."""
    lines = [
        f'<p class="menu-group">{escape(entry.label)}</p>{_plain(_items(entry.tabs, entry.current))}'
        if entry.tabs
        else _entry(entry)
        for entry in entries
    ]
    if place is not None:
        other = '<p class="menu-group">Other cohorts</p>' if place.others else ""
        name = f'<p class="menu-group">{escape(place.cohort)}</p>'
        lines.append(f"{name}{_plain(_items(place.pages))}{other}{_plain(_items(place.others))}")
    return _list(lines)


@register.simple_tag
def frame_own_pages() -> SafeString:
    """Links to the reader's own pages."""
    return _own_pages(get_urlconf() or settings.ROOT_URLCONF)


@lru_cache(maxsize=8)
def _own_pages(urlconf: str) -> SafeString:
    return SafeString("".join(f'<a href="{url}">{label}</a>' for name, label in OWN_PAGES if (url := _address(name))))


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _entry(entry: Entry) -> str:
    return _link(entry.url, entry.label, ("true" if entry.tabs else "page") if entry.current else "")


def _items(items: Iterable[MenuItem], current: MenuItem | None = None) -> Iterable[str]:
    return (_link(item.url, item.label, "page" if item == current else "") for item in items)


def _link(url: str, label: str, current: str = "") -> str:
    here = f' aria-current="{current}"' if current else ""
    return f'<a href="{escape(url)}"{here}>{escape(label)}</a>'


def _list(lines: Iterable[str]) -> SafeString:
    return SafeString(f'<ul class="menu">{"".join(f"<li>{line}</li>" for line in lines)}</ul>')


def _plain(lines: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul>"
