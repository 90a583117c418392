"""Makes the virtual environment and installs the locked packages: `python3 mats_portal/devstack/setup.py`.

Run by the machine's own Python, so: the standard library, and nothing of ours.
What is up to date is left alone; the stamp in the environment says what it holds.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
VENV = CHECKOUT / ".venv"
PYTHON = VENV / "bin" / "python"
REQUIREMENTS = CHECKOUT / "requirements"
STAMP = VENV / "installed"


def main() -> int:
    """Install what is missing. The answer is the exit status."""
    if sys.version_info < (3, 11):
        print("The portal needs Python 3.11 or newer. On Debian: apt install python3.", file=sys.stderr)
        return 1
    if _is_current():
        return _make_fonts()
    began = time.monotonic()
    try:
        _make_environment()
        print("Installing the packages …", flush=True)
        _install()
    except subprocess.CalledProcessError as problem:
        print(f"{_words(problem)} did not work; what it said is above.", file=sys.stderr)
        return 1
    STAMP.write_text(_wanted(), encoding="ascii")
    print(f"Packages installed in {time.monotonic() - began:.0f} s.", flush=True)
    return _make_fonts()


def _make_fonts() -> int:
    """Cut the fonts out of their packages, once; the style sheets cannot be collected without them."""
    if (CHECKOUT / "var" / "fonts").exists():
        return 0
    return subprocess.run([str(PYTHON), str(CHECKOUT / "manage.py"), "fonts"], cwd=CHECKOUT).returncode


def _wanted() -> str:
    """What the environment should hold: this Python, and these locked files."""
    digest = hashlib.sha256(f"{sys.version} {sys.base_prefix} {VENV}".encode())
    for name in ("setup.txt", "development.txt"):
        digest.update((REQUIREMENTS / name).read_bytes())
    return digest.hexdigest()


def _is_current() -> bool:
    try:
        return STAMP.read_text(encoding="ascii") == _wanted() and PYTHON.exists()
    except OSError:
        return False


def _make_environment() -> None:
    if _works():
        return
    print("Making the virtual environment .venv …", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    result = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True)
    if result.returncode:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit(
            f"Python's venv module is incomplete. On Debian: apt install python{version}-venv. Then try again.\n"
            f"({(result.stderr or result.stdout).strip()})"
        )


def _works() -> bool:
    """Whether there is an environment which was made here, by this version of Python. One that was moved is remade."""
    program = "import sys; print(sys.prefix, *sys.version_info[:3])"
    try:
        result = subprocess.run([str(PYTHON), "-c", program], capture_output=True, text=True)
        pip = (VENV / "bin" / "pip").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    expected = " ".join([str(VENV), *map(str, sys.version_info[:3])])
    return result.stdout.strip() == expected and str(VENV) in pip


def _install() -> None:
    """Install by uv, which takes seconds, or by pip where uv cannot be had."""
    target = str(REQUIREMENTS / "development.txt")
    pip = [str(PYTHON), "-m", "pip", "--quiet", "--disable-pip-version-check", "install", "--require-hashes", "-r"]
    uv = VENV / "bin" / "uv"
    fetched = subprocess.run([*pip, str(REQUIREMENTS / "setup.txt")], stderr=subprocess.PIPE, text=True)
    if fetched.returncode or not uv.exists():
        print("uv cannot be installed here; pip takes over, which takes longer.", flush=True)
        subprocess.run([*pip, target], check=True)
        return
    environment = {**os.environ, "VIRTUAL_ENV": str(VENV)}
    subprocess.run([str(uv), "pip", "sync", "--quiet", "--require-hashes", target], check=True, env=environment)


def _words(problem: subprocess.CalledProcessError) -> str:
    return " ".join(Path(word).name if word.startswith("/") else word for word in map(str, problem.cmd))


if __name__ == "__main__":
    sys.exit(main())
