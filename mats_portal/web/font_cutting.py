"""Cuts one font: subset first, then pinned to one optical size (the other order fails in fontTools)."""

import os
from importlib.util import find_spec
from pathlib import Path

from fontTools import subset
from fontTools.varLib.instancer import instantiateVariableFont

from mats_portal.web.fonts import FEATURES, WEIGHTS, Cut


def _source(cut: Cut) -> Path:
    spec = find_spec(cut.package)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"The package {cut.package} is not installed.")
    return Path(spec.submodule_search_locations[0]) / "files" / cut.source


def cut_font(cut: Cut, folder: Path) -> Path:
    """Write the WOFF2 file into the folder, whole or not at all, and return its path."""
    options = subset.Options(layout_features=FEATURES, flavor="woff2", name_IDs=["*"], notdef_outline=True)
    font = subset.load_font(str(_source(cut)), options)
    shears = subset.Subsetter(options)
    shears.populate(unicodes=subset.parse_unicodes(cut.letters.replace("U+", "")))
    shears.subset(font)
    font = instantiateVariableFont(font, {"opsz": cut.optical_size, "wght": WEIGHTS}, inplace=True)
    font.flavor = "woff2"
    target = folder / f"{cut.name}.woff2"
    part = target.with_suffix(f".{os.getpid()}.part")
    font.save(str(part))
    part.replace(target)
    return target
