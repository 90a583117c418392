"""The browser that the journeys need: found, or installed where that is ours to do."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from mats_portal.devstack import places

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ON_A_MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
LEFT_OUT = "there is no Chromium here (on Debian: apt install chromium; or set CHROMIUM to its path)"


def find() -> str:
    """The path of a Chromium, empty when there is none. CHROMIUM names one explicitly."""
    if named := os.environ.get("CHROMIUM"):
        return named
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return found or (str(ON_A_MAC) if ON_A_MAC.exists() else "")


def ensure() -> int:
    """Install Chromium when it is missing and we are root. The answer is the exit status: a CI run needs it."""
    if not find() and places.am_root() and shutil.which("apt-get"):
        print("Installing Chromium for the browser journeys …", flush=True)
        _install()
    if find():
        return 0
    if os.environ.get("CI") == "true":
        print(f"The browser journeys cannot run: {LEFT_OUT}.", file=sys.stderr)
        return 1
    print(f"The browser journeys will be left out: {LEFT_OUT}.", flush=True)
    return 0


def _install() -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "libatomic1"]
    for command in (["apt-get", "update", "-qq"], install):
        result = subprocess.run(command, env=environment, capture_output=True, text=True)
        if result.returncode:
            print((result.stderr or result.stdout).strip(), file=sys.stderr)
            return
