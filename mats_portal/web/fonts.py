"""The web fonts: cut out of the fonts' packages to what the portal shows, as WOFF2 with its style sheet.

Nothing of it is committed. Whether they are current is asked at every start, so the cutting, which takes long to
import, is named as a string and runs in processes of its own, two seconds a file.
"""

import hashlib
import os
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from django.utils.module_loading import import_string

LATIN = (
    "U+0-FF,U+131,U+152-153,U+2BB-2BC,U+2C6,U+2DA,U+2DC,U+2000-206F,"
    "U+20AC,U+2122,U+2190-2193,U+21B5,U+2212,U+2215,U+2713"
)
LATIN_EXTENDED = "U+100-130,U+132-151,U+154-2BA,U+300-36F,U+1E00-1EFF,U+2C60-2C7F,U+A720-A7FF"
FEATURES = ["kern", "liga", "calt", "ccmp", "locl", "mark", "mkmk", "tnum", "pnum", "lnum", "onum", "frac", "case"]
WEIGHTS = (400, 650)
CUTTER = "mats_portal.web.font_cutting.cut_font"


@dataclass(frozen=True)
class Cut:
    """One file to make: of which package's font, for which letters, at which optical size."""

    name: str
    package: str
    source: str
    family: str
    optical_size: float
    letters: str
    style: str = "normal"

    @property
    def rule(self) -> str:
        """The style sheet's rule for the file."""
        return (
            f'@font-face {{\n  font-family: "{self.family}";\n  src: url("{self.name}.woff2") format("woff2");\n'
            f"  font-weight: {WEIGHTS[0]} {WEIGHTS[1]};\n  font-style: {self.style};\n  font-display: swap;\n"
            f"  unicode-range: {self.letters};\n}}\n"
        )


def _cuts() -> Iterable[Cut]:
    for part, letters in (("latin", LATIN), ("latin-ext", LATIN_EXTENDED)):
        yield Cut(f"sans-{part}", "fontpkg_inter", "Inter[opsz,wght].ttf", "Portal Sans", 14, letters)
        yield Cut(f"serif-{part}", "fontpkg_newsreader", "Newsreader[opsz,wght].ttf", "Portal Serif", 20, letters)
        yield Cut(
            f"serif-italic-{part}", "fontpkg_newsreader", "Newsreader-Italic[opsz,wght].ttf", "Portal Serif", 20,
            letters, "italic",
        )  # fmt: skip


CUTS = tuple(_cuts())


def fingerprint() -> str:
    """What the files depend on: the packages' versions, this list, and the code that cuts."""
    versions = [metadata.version(name) for name in ("fontpkg-inter", "fontpkg-newsreader", "fonttools", "brotli")]
    return hashlib.sha256(repr((CUTS, FEATURES, WEIGHTS, versions)).encode()).hexdigest()


def are_current(folder: Path) -> bool:
    """Whether the folder already holds what `make_fonts` would write there."""
    sheet = folder / "fonts.css"
    if not sheet.is_file() or f"/* {fingerprint()} */" not in sheet.read_text():
        return False
    return all((folder / f"{cut.name}.woff2").is_file() for cut in CUTS)


def make_fonts(folder: Path) -> list[Path]:
    """Write the files and, last, the style sheet that says they are complete. Returns what was written."""
    folder.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(max_workers=min(len(CUTS), os.cpu_count() or 1)) as pool:
        written = list(pool.map(import_string(CUTTER), CUTS, [folder] * len(CUTS)))
    sheet = folder / "fonts.css"
    _replace(sheet, f"/* {fingerprint()} */\n{''.join(cut.rule for cut in CUTS)}".encode())
    return [*written, sheet]


def _replace(target: Path, content: bytes) -> None:
    part = target.with_suffix(f".{os.getpid()}.part")
    part.write_bytes(content)
    part.replace(target)
