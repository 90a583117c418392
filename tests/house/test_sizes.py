"""Files and functions stay small enough to be read in one go; migrations have names."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from mats_portal.devstack.places import CHECKOUT

SOURCES = ("mats_portal", "applications", "mentors", "scholars", "research_plans", "demo", "bench")
LONGEST_FILE = 250
LONGEST_FUNCTION = 40
# A table may be longer, with a word why.
TABLES = {
    "mats_portal/settings.py": "one line per setting, in the order they are read",
    "applications/defaults.py:general_questions": "one entry per question of the default form",
    "applications/reports.py:compile_applicants": "one entry per figure of the report",
    "demo/building/removing.py:_rows_of": "one line per table, from the last storey down",
}


def _files() -> Iterator[Path]:
    for folder in SOURCES:
        yield from (path for path in (CHECKOUT / folder).rglob("*.py") if "migrations" not in path.parts)


def _functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The lines of a function, less those that explain it."""
    explained = len((ast.get_docstring(function, clean=False) or "").splitlines())
    return (function.end_lineno or 0) - function.lineno + 1 - explained


def test_no_file_is_longer_than_one_can_read() -> None:
    lengths = {str(path.relative_to(CHECKOUT)): len(path.read_text(encoding="utf-8").splitlines()) for path in _files()}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE and name not in TABLES} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    long = {
        f"{path.relative_to(CHECKOUT)}:{function.name}": length
        for path in _files()
        for function in _functions(path)
        if (length := _length(function)) > LONGEST_FUNCTION
    }
    assert {name: length for name, length in long.items() if name not in TABLES} == {}


def _migrations() -> list[Path]:
    return sorted(path for folder in SOURCES for path in (CHECKOUT / folder).rglob("migrations/[0-9]*.py"))


@pytest.mark.parametrize("path", _migrations(), ids=lambda path: f"{path.parent.parent.name}/{path.stem}")
def test_migration_has_a_name_that_says_what_it_does(path: Path) -> None:
    assert not re.search(r"_(initial|auto|alter_|add_field|remove_field)", path.stem)
    assert not re.fullmatch(r"\d+_auto.*", path.stem)
