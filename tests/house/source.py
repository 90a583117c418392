"""The portal's own source files, as the house tests read them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("mats_portal", "applications", "mentors", "scholars", "research_plans", "demo")


@cache
def modules() -> tuple[Path, ...]:
    """Every Python file of the portal."""
    return tuple(sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py")))


def named(path: Path) -> str:
    """A file as a failing test names it."""
    return str(path.relative_to(ROOT))


@cache
def tree(path: Path) -> ast.Module:
    """The parsed file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a file."""
    yield from (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def is_migration(path: Path) -> bool:
    """Whether the file is a migration: a record, not code to be read again and again."""
    return path.parent.name == "migrations"


def room(path: Path) -> str:
    """The part of its app that a file belongs to: "services", "models", "views"."""
    for known in ("services", "views", "models", "selectors", "policies", "tasks"):
        if path.stem == known or known in path.parent.parts:
            return known
    return ""
