"""The contract that an app's rooms are entered by its front doors only."""

from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, output

APPS = (
    "mats_portal.reports",
    "mats_portal.rubrics",
    "mats_portal.questionnaires",
    "mats_portal.cohorts",
    "mats_portal.outbox",
    "mats_portal.jobs",
    "mats_portal.people",
    "mats_portal.journal",
    "applications.outreach",
    "applications",
    "mentors.candidacy",
    "mentors.referrals",
    "mentors",
    "scholars.alumni",
    "scholars.visas",
    "scholars.support",
    "scholars",
    "research_plans",
)
FRONT_DOORS = {"models", "states", "selectors", "services", "policies"}
# The frame of reports and the letters are made to be filled by others; `deadlines` and its like are plain functions.
BACK_ROOMS = {"views", "forms", "tasks", "urls", "admin", "dashboard", "privacy", "management", "migrations", "apps"}


def app_of(module: str) -> str:
    """The app that a module belongs to, the most inward one; empty outside of the apps."""
    return next((app for app in APPS if module == app or module.startswith(f"{app}.")), "")


def room_of(module: str, app: str) -> str:
    """The part of an app that a module belongs to: "models" for `mentors.models.offers`."""
    return module.removeprefix(app).removeprefix(".").partition(".")[0]


class FrontDoors(Contract):
    """No module imports another app's back rooms."""

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Walk every import between two apps."""
        broken = [
            (importer, imported)
            for importer in sorted(graph.modules)
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if is_trespass(importer, imported)
        ]
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name each import that takes a back room's door."""
        metadata: dict[str, Any] = check.metadata
        for importer, imported in metadata["broken"]:
            output.print_error(f"{importer} imports {imported}; only {', '.join(sorted(FRONT_DOORS))} are front doors")


def is_trespass(importer: str, imported: str) -> bool:
    """Whether an import enters another app by a back room."""
    app = app_of(imported)
    return bool(app) and app_of(importer) != app and room_of(imported, app) in BACK_ROOMS
