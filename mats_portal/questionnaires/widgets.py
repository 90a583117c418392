"""Controls that Django has not: a scale, a grid, a list to be put in order, a file. All work without a script."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms

from mats_portal.web.text import clean_line


class Scale(forms.RadioSelect):
    """The points of a scale side by side, with what they mean."""

    template_name = "questionnaires/widgets/scale.html"

    def __init__(self, anchors: Sequence[str]) -> None:
        super().__init__()
        self.anchors = anchors

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With the points, and what they mean: in a list, or at the ends when only these have an anchor."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        points = [option for _, group, _ in context["widget"]["optgroups"] for option in group]
        for point, anchor in zip(points, [*self.anchors, *[""] * len(points)], strict=False):
            point["anchor"] = anchor
        anchored = [point for point in points if point["anchor"]]
        return context | {"points": points, "anchored": anchored, "is_listed": any(self.anchors[1:-1])}


class Grid(forms.Widget):
    """A scale for each of several lines: controls `name_0`, `name_1` … of which each holds one option."""

    template_name = "questionnaires/widgets/grid.html"
    use_fieldset = True

    def __init__(self, rows: Sequence[str], options: Sequence[str]) -> None:
        super().__init__()
        self.rows, self.options = rows, options

    def id_for_label(self, id_: str) -> str:
        """No label: the group has its legend."""
        return ""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[str]:
        """One option or "" for each row."""
        return [clean_line(str(data.get(f"{name}_{place}") or "")) for place in range(len(self.rows))]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Whether no row was sent."""
        return not any(f"{name}_{place}" in data for place in range(len(self.rows)))

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With the rows, each with its options."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        chosen = [*(value or []), *[""] * len(self.rows)]
        rows = [
            {"label": row, "name": f"{name}_{place}", "chosen": chosen[place]} for place, row in enumerate(self.rows)
        ]
        return context | {"rows": rows, "options": self.options}


class Ranked(forms.Widget):
    """Options to be put in order: each has its place as the number `name_0`, `name_1` …; an empty one is left out."""

    template_name = "questionnaires/widgets/ranked.html"
    use_fieldset = True

    def __init__(self, options: Sequence[str]) -> None:
        super().__init__()
        self.options = options

    def id_for_label(self, id_: str) -> str:
        """No label: the group has its legend."""
        return ""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[str]:
        """The options that have a place, best first."""
        placed = []
        for order, option in enumerate(self.options):
            place = str(data.get(f"{name}_{order}") or "").strip()
            if place.isascii() and place.isdigit() and len(place) <= 4:
                placed.append((int(place), order, option))
        return [option for _, _, option in sorted(placed)]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Whether no place was sent."""
        return not any(f"{name}_{order}" in data for order in range(len(self.options)))

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With the options, those that have a place first."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        chosen = [option for option in value or [] if option in self.options]
        listed = [*chosen, *(option for option in self.options if option not in chosen)]
        items = [
            {
                "name": f"{name}_{self.options.index(option)}",
                "label": option,
                "place": chosen.index(option) + 1 if option in chosen else "",
            }
            for option in listed
        ]
        return context | {"items": items, "label": (attrs or {}).get("aria-label", "")}


class FileAnswer(forms.FileInput):
    """The file that an answer gives, with its download and a button that takes it out, and a place for another.

    address: how the page of the file is addressed by its code, where there is one; set by the form.
    """

    template_name = "questionnaires/widgets/file.html"

    def __init__(self, key: str) -> None:
        super().__init__(attrs={"accept": "application/pdf,.pdf"})
        self.key = key
        self.address: Callable[[str], str] | None = None

    def format_value(self, value: Any) -> None:
        """Nothing: a browser fills no file in."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With the name of what is there; `file` and `url` when it is a file and not only a name."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        file = getattr(value, "file", None)
        url = self.address(file.code) if file and self.address else ""
        return context | {"now": getattr(value, "text", ""), "file": file, "url": url, "key": self.key}
