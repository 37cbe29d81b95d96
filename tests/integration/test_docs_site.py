"""The pages of documentation become a site, without internet and without a warning."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.support.paths import ROOT

pytestmark = pytest.mark.skipif(
    find_spec("mkdocs") is None or find_spec("material") is None,
    reason="mkdocs-material, which builds the site, is not installed",
)


def test_the_site_holds_every_page_and_the_library(tmp_path: Path) -> None:
    site = tmp_path / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", site]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    pages = {path.stem for path in (ROOT / "docs").glob("*.md")} - {"index"}
    assert {path.parent.name for path in site.glob("*/index.html")} == pages
    library = (site / "api" / "index.html").read_text(encoding="utf-8")
    for name in ("load_scenario", "compare", "p_median"):
        assert f".{name}" in library
    assert "How far would people of Hallingdal travel" in library
