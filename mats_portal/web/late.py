"""Packages that are large and seldom needed: imported when something of them is first used, not before.

A site answers for weeks without solving a linear programme; importing the solver with every
process would cost each of them a second and 50 MB. Types stay exact:

    if TYPE_CHECKING:
        import numpy as np
    else:
        np = late("numpy")
"""

from __future__ import annotations

from importlib import import_module
from typing import Any


class late:  # noqa: N801 - used like the import it stands for
    """Stands for the module of that name. Raises ImportError where it is first used, if there is none."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        found = getattr(import_module(self._name), attribute)
        setattr(self, attribute, found)
        return found
