"""The menu gathers what the apps furnish, and knows which entry a page belongs to."""

from mats_portal.web.menu import HOME, MenuItem, entries_of

ITEMS = [
    HOME,
    MenuItem("Letters", "/c/letters/", 110, "Set-up", names=("outbox:letter",)),
    MenuItem("Dates", "/c/dates/", 100, "Set-up"),
    MenuItem("Streams", "/c/streams/", 40),
    MenuItem("Rankings", "/c/selection/", 30, names=("mentors:ranking",)),
]


def current(path: str, name: str = "") -> str:
    entry = next((entry for entry in entries_of(ITEMS, path, name) if entry.current), None)
    return f"{entry.label}: {entry.current.label}" if entry and entry.current else ""


def test_items_of_a_group_share_one_entry_that_leads_to_the_first() -> None:
    entries = entries_of(ITEMS, "/")
    assert [entry.label for entry in entries] == ["Home", "Rankings", "Streams", "Set-up"]
    assert entries[-1].url == "/c/dates/"
    assert [item.label for item in entries[-1].tabs] == ["Dates", "Letters"]
    assert entries[0].tabs == ()


def test_page_belongs_to_the_item_it_lies_under() -> None:
    assert current("/c/dates/") == "Set-up: Dates"
    assert current("/c/streams/h7kq/", "cohorts:change_stream") == "Streams: Streams"
    assert current("/") == "Home: Home"
    assert current("/somewhere/") == ""


def test_page_with_another_address_belongs_to_the_item_that_names_it() -> None:
    assert current("/letters/h7kq/", "outbox:letter") == "Set-up: Letters"
    assert current("/c/streams/h7kq/ranking/", "mentors:ranking") == "Rankings: Rankings"
    assert entries_of([], "/") == []


def test_group_of_one_page_bears_the_name_of_the_page() -> None:
    entries = entries_of([MenuItem("Cohorts", "/cohorts/", 200, "Portal")], "/")
    assert [(entry.label, entry.tabs) for entry in entries] == [("Cohorts", ())]


def test_page_under_an_item_that_stands_alone_belongs_to_no_entry() -> None:
    items = [MenuItem("Cohorts", "/cohorts/", 200, "Portal", ("cohorts:new",), is_alone=True)]
    found = [entries_of(items, path, name)[0].current for path, name in (("/cohorts/", ""), ("/cohorts/s/", "x"))]
    assert found == [items[0], None]
    assert entries_of(items, "/cohorts/new/", "cohorts:new")[0].current == items[0]
