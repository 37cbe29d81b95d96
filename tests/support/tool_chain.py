"""The tool chain of the JavaScript, where node and the packages it needs can be had.

``python -m tests.support.tool_chain`` runs its lint and types.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from planner.io.files import locked
from tests.support.paths import ROOT

BROWSER = ROOT / "planner" / "app" / "browser"
LEAST_NODE = 20
#: What npm writes when it has installed what the lock file names.
_INSTALLED = BROWSER / "node_modules" / ".package-lock.json"


def run_in_browser_folder(*command: str) -> subprocess.CompletedProcess[str]:
    """Run a command where package.json lies."""
    return subprocess.run(command, cwd=BROWSER, capture_output=True, text=True, check=False)


def why_no_tool_chain() -> str:
    """Return why the JavaScript cannot be built here; nothing if it can. Installs what it needs.

    Raises
    ------
    RuntimeError : the registry answers, and what the lock file names can still not be installed.
    """
    if not shutil.which("node") or not shutil.which("npm"):
        return "no node and npm here"
    version = run_in_browser_folder("node", "--version").stdout.strip()
    if int(version.removeprefix("v").split(".")[0]) < LEAST_NODE:
        return f"node {version} is older than {LEAST_NODE}"
    folder = ROOT / "artifacts"
    folder.mkdir(exist_ok=True)
    with locked(folder / "npm.lock"):  # tests run in two processes, packages in one
        return "" if _is_installed() else _install()


def _is_installed() -> bool:
    lock = BROWSER / "package-lock.json"
    return _INSTALLED.is_file() and _INSTALLED.stat().st_mtime >= lock.stat().st_mtime


def _install() -> str:
    done = run_in_browser_folder("npm", "ci")
    if done.returncode == 0:
        return ""
    if run_in_browser_folder("npm", "ping", "--fetch-retries=0").returncode != 0:
        return "no package registry answers npm here"
    raise RuntimeError(f"npm ci failed: {done.stderr[-500:]}")


def bundle_into(folder: Path) -> subprocess.CompletedProcess[str]:
    """Build every component into a folder."""
    return run_in_browser_folder("node", "build.js", str(folder))


def _check() -> int:
    """Run lint and types, or say why not."""
    if reason := why_no_tool_chain():
        sys.stdout.write(f"JavaScript is not checked: {reason}\n")
        return 0
    done = run_in_browser_folder("npm", "run", "check")
    sys.stdout.write(done.stdout + done.stderr)
    return done.returncode


if __name__ == "__main__":
    sys.exit(_check())
