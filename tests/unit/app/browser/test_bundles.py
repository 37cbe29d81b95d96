"""The JavaScript: its own tests, and that the bundles in the repository are what it makes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from planner.app.browser import bundled, styles
from tests.support.tool_chain import (
    BROWSER,
    bundle_into,
    run_in_browser_folder,
    why_no_tool_chain,
)

DIST = BROWSER / "dist"
LOCK = BROWSER / "package-lock.json"


@pytest.fixture(scope="module")
def _tool_chain() -> None:
    reason = why_no_tool_chain()
    if reason:
        pytest.skip(reason)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.usefixtures("_tool_chain")
def test_the_bundles_are_what_their_modules_make(tmp_path: Path) -> None:
    done = bundle_into(tmp_path)
    assert done.returncode == 0, done.stderr
    built, committed = contents(tmp_path), contents(DIST)
    assert built.keys() == committed.keys()
    changed = [name for name, content in built.items() if content != committed[name]]
    assert changed == [], "run: npm run build"


@pytest.mark.usefixtures("_tool_chain")
def test_the_modules_pass_their_own_tests() -> None:
    done = run_in_browser_folder("npm", "test", "--silent")
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr


def test_every_bundled_package_has_its_licence_beside_the_bundles() -> None:
    packages = json.loads(LOCK.read_text("utf-8"))["packages"]
    bundled_ones = {
        name.removeprefix("node_modules/"): package
        for name, package in packages.items()
        if name and not package.get("dev")
    }
    licences = (DIST / "LICENSES.txt").read_text("utf-8")
    assert "codemirror" in " ".join(bundled_ones)
    for name, package in bundled_ones.items():
        assert f"{name} {package['version']} ({package['license']})\n\n" in licences


def test_packages_are_named_by_checksum_alone() -> None:
    """Where packages are fetched from is the business of whoever builds."""
    text = LOCK.read_text("utf-8")
    packages = json.loads(text)["packages"]
    assert all("integrity" in package for name, package in packages.items() if name)
    assert "://" not in text


def test_bundles_ask_for_nothing_else() -> None:
    for name in ("map", "drawing", "editor", "written"):
        script = bundled(name)
        assert "import(" not in script
        assert "fetch(" not in script
        assert script.count("://") == script.count("http://www.w3.org/")  # names of formats
    assert all("url(" not in styles(name) for name in ("map", "editor"))
