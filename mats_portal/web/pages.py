"""Lists in pages: by the key of the last row, so that page 40 costs what page 1 costs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.serializers.json import DjangoJSONEncoder
from django.core.signing import BadSignature, Signer
from django.db.models import Q, QuerySet
from django.http import HttpRequest

R = TypeVar("R")
_signer = Signer(salt="web.pages")


@dataclass(frozen=True, slots=True)
class Page(Generic[R]):
    """The rows to show, and the addresses of the pages around them ("" where there is none)."""

    items: list[R]
    next_url: str
    previous_url: str
    is_first: bool


def keyset(
    queryset: QuerySet[Any, R], request: HttpRequest, *, key: tuple[str, ...] = ("-id",), size: int = 50
) -> Page[R]:
    """The page that the request asks for (`?after=` or `?before=`, beside all its other parameters).

    `key` names the fields to order by, `-` for descending; together they must be unique
    and without nulls. Fields of related rows are written with `__`. The rows may be those of
    `values()`, as long as the fields of the key are among them. One statement.
    A cursor that was not made here is ignored: the first page is shown.
    """
    after, before = _cursor(request, "after", key), _cursor(request, "before", key)
    backwards = before is not None and after is None
    order = tuple(_turned(field) for field in key) if backwards else key
    rows = queryset.order_by(*order)
    if (place := before if backwards else after) is not None:
        rows = rows.filter(_beyond(order, place))
    found = list(rows[: size + 1])
    has_more, items = len(found) > size, found[:size]
    if backwards:
        items.reverse()
    came_from_elsewhere = place is not None
    has_next = bool(items) and (has_more if not backwards else True)
    has_previous = bool(items) and (has_more if backwards else came_from_elsewhere)
    return Page(
        items=items,
        next_url=_url(request, "after", items[-1], key) if has_next else "",
        previous_url=_url(request, "before", items[0], key) if has_previous else "",
        is_first=not has_previous,
    )


def _turned(field: str) -> str:
    return field[1:] if field.startswith("-") else f"-{field}"


def _beyond(order: tuple[str, ...], place: list[Any]) -> Q:
    """Rows that come after the place in the order: equal in the first fields, beyond it in the next."""
    condition, equal = Q(pk__in=[]), Q()
    for field, value in zip(order, place, strict=True):
        name = field.lstrip("-")
        condition |= equal & Q(**{f"{name}__{'lt' if field.startswith('-') else 'gt'}": value})
        equal &= Q(**{name: value})
    return condition


def _cursor(request: HttpRequest, name: str, key: tuple[str, ...]) -> list[Any] | None:
    try:
        made_for, place = json.loads(_signer.unsign(request.GET[name]))
    except (KeyError, BadSignature, ValueError):
        return None
    return place if made_for == list(key) else None


def _url(request: HttpRequest, name: str, row: Any, key: tuple[str, ...]) -> str:
    place = [_value(row, field.lstrip("-")) for field in key]
    parameters = request.GET.copy()
    for cursor in ("after", "before"):
        parameters.pop(cursor, None)
    parameters[name] = _signer.sign(json.dumps([list(key), place], cls=ExactEncoder, separators=(",", ":")))
    return f"?{parameters.urlencode()}"


def _value(row: Any, path: str) -> Any:
    if isinstance(row, dict):
        return row[path]
    for name in path.split("__"):
        row = getattr(row, name)
    return row


class ExactEncoder(DjangoJSONEncoder):
    """Moments to the microsecond: the usual encoder cuts them to milliseconds, and rows would be lost."""

    def default(self, o: Any) -> Any:
        """The value as JSON can hold it."""
        return o.isoformat() if hasattr(o, "isoformat") else super().default(o)
