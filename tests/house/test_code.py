"""What the house promises of its code, held by the code itself."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.utils.module_loading import import_string

from mats_portal.web.errors import Refusal
from mats_portal.web.furnishing import Furnished
from tests.house.source import PACKAGES, functions, is_migration, modules, named, room, tree

LONGEST_FILE = 250
LONGEST_FUNCTION = 40
OWN = [config for config in apps.get_app_configs() if config.name.split(".")[0] in PACKAGES]
FURNISHINGS = [name for name in vars(Furnished) if isinstance(getattr(Furnished, name), tuple)]

# Functions that are tables in disguise, and longer for it.
TABLES = {
    ("applications/defaults.py", "general_questions"),  # the questions of the application form, one after the other
    ("demo/building/removing.py", "_rows_of"),  # every table that holds rows of a cohort
    ("applications/reports.py", "compile_applicants"),  # the tables and figures of one report
}

# What is done in one place only, with the reason and the files that are that place.
ONCE = {
    r"\b(send_mail|EmailMessage)\b": ("mail is sent by the outbox", {"mailer.py", "accounts.py"}),
    r"\.(delay|apply_async|send_task)\(": (
        "tasks are rung by the doorbell",
        {"doorbell.py", "services.py", "ringing.py"},
    ),
    r"\b(get_host|build_absolute_uri)\(": ("links are made from SITE_URL", set()),
    r"\bfields = \"__all__\"": ("a form names its fields", set()),
    r"redirect\(request\.(GET|POST|META|headers)": ("a redirect goes through web.links.next_url", set()),
    r"\.(extra|raw)\(": ("SQL is written with parameters", {"statements.py"}),
}


@pytest.mark.parametrize("config", OWN, ids=lambda config: config.name)
def test_app_is_configured_by_its_own_class(config: object) -> None:
    """Importing the base class itself into `apps.py` makes Django use a plain configuration without a word."""
    assert type(config).__module__ == f"{config.name}.apps"  # type: ignore[attr-defined]


@pytest.mark.parametrize("config", [own for own in OWN if isinstance(own, Furnished)], ids=lambda config: config.name)
@pytest.mark.parametrize("kind", FURNISHINGS)
def test_everything_furnished_can_be_imported(config: Furnished, kind: str) -> None:
    for path in getattr(config, kind):
        assert import_string(path), path


def test_files_stay_readable() -> None:
    lengths = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    long = {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE and "/migrations/" not in name}
    assert long == {}


def test_functions_stay_readable() -> None:
    long = [
        f"{named(path)}: {node.name}, {length} lines"
        for path in modules()
        if not is_migration(path)
        for node in functions(path)
        if (length := _length(node)) > LONGEST_FUNCTION and (named(path), node.name) not in TABLES
    ]
    assert long == []


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The lines of a function without its docstring."""
    words = (ast.get_docstring(node, clean=False) or "").count("\n") + 1 if ast.get_docstring(node) else 0
    return (node.end_lineno or node.lineno) - node.lineno + 1 - words


@pytest.mark.parametrize(
    "model", [model for own in OWN for model in own.get_models()], ids=lambda model: model.__name__
)
def test_model_says_what_it_is(model: type[models.Model]) -> None:
    assert model.__str__ is not models.Model.__str__


def test_services_leave_the_clock_to_the_database() -> None:
    found = [
        f"{named(path)}:{number}"
        for path in modules()
        if room(path) == "services"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"\b(timezone\.now|datetime\.now|datetime\.utcnow|date\.today|localdate)\(", line)
    ]
    assert found == []


@pytest.mark.parametrize("pattern", ONCE)
def test_what_is_done_in_one_place_is_done_there(pattern: str) -> None:
    reason, places = ONCE[pattern]
    found = [
        f"{named(path)}:{number}"
        for path in modules()
        if path.name not in places
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(pattern, line) and "super()" not in line and not line.lstrip().startswith(("#", "def "))
    ]
    assert found == [], reason


def test_views_look_things_up_among_what_is_visible() -> None:
    """`objects.get(` in a view would find what the person may not see."""
    found = [
        f"{named(path)}:{number}"
        for path in modules()
        if room(path) == "views"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"\.objects\.(get|create|update|delete)\(", line)
    ]
    assert found == []


def test_services_are_called_by_name() -> None:
    """Acts take keywords only, so that a call says what it does with whom."""
    found = [
        f"{named(path)}: {node.name}"
        for path in modules()
        if room(path) == "services"
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and _is_an_act(node)
        if node.args.args or node.args.posonlyargs
    ]
    assert found == []


def _is_an_act(node: ast.FunctionDef) -> bool:
    return any("atomic" in ast.unparse(decorator) for decorator in node.decorator_list)


def _refusals(base: type[Refusal] = Refusal) -> list[type[Refusal]]:
    return [kind for direct in base.__subclasses__() for kind in (direct, *_refusals(direct))]


@pytest.mark.parametrize("refusal", _refusals(), ids=lambda refusal: refusal.__name__)
def test_refusal_is_a_sentence_for_its_reader(refusal: type[Refusal]) -> None:
    sentence = (refusal.__doc__ or "").strip().splitlines()[0]
    assert re.fullmatch(r"[A-Z“].*[.?]", sentence), sentence
    assert not re.search(r"\b(error|invalid|failed|successfully|please note|id)\b", sentence.lower()), sentence


def _migrations() -> list[Path]:
    return [path for path in modules() if is_migration(path) and path.name != "__init__.py"]


@pytest.mark.parametrize("path", _migrations(), ids=named)
def test_migration_has_a_name_and_a_way_back(path: Path) -> None:
    assert not re.search(r"^\d{4}_(auto|initial|alter_.*_and_more|.*_more)", path.name), path.name
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in ("RunSQL", "RunPython"):
            assert len(node.args) + len(node.keywords) >= 2, f"{path.name}: line {node.lineno} cannot be undone"
