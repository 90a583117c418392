"""The process that runs typst: facts as JSON on standard input, a PDF on standard output.

It stands alone (no Django), so that it starts in a blink and holds nothing of the portal.
"""

import json
import resource
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

SECONDS = 20
MEMORY = 2 * 1024**3


def font_folders() -> list[str]:
    """Where the packages of the two typefaces keep their files."""
    specs = [find_spec(package) for package in ("fontpkg_inter", "fontpkg_newsreader")]
    return [str(Path(place) / "files") for spec in specs if spec for place in spec.submodule_search_locations or ()]


def main() -> None:
    """Typeset the sheet beside this file; what was read stays data."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    import typst  # noqa: PLC0415 - under the limits set above

    order = json.load(sys.stdin)
    sheet: Any = Path(__file__).with_name("sheet.typ").read_bytes()

    def attempt(standards: list[str]) -> bytes:
        compiler: Any = typst.Compiler(
            input=sheet,
            root=str(Path.cwd()),
            font_paths=font_folders(),
            ignore_system_fonts=True,
            sys_inputs={"facts": json.dumps(order["facts"])},
            package_path=str(Path.cwd()),
            package_cache_path=str(Path.cwd()),
        )
        pdf: bytes = compiler.compile(format="pdf", pdf_standards=standards, timestamp=order["at"])
        return pdf

    try:
        pdf = attempt(["ua-1"])
    except typst.TypstError as error:  # A letter that neither typeface has: tagged all the same, not by the standard.
        if "could not be displayed" not in str(error):
            raise
        pdf = attempt([])
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main()
