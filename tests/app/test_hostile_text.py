"""Text from scenario files is only text, on every page and in the map."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from bench.server import app_server
from planner.app.shell.router import PAGES
from tests.app.conftest import settled

SCRIPT = "<script>window.taken=1</script><img src=x onerror='window.taken=1'>"
TITLE = (
    f'{SCRIPT} "sitat" **fet** $x$ :smile: 🏔️ مرحبا '
    "https://evil.example www.evil.example a@evil.example " + "lang " * 30
)
SCENARIO = """\
schema: 1
title: {title}
description: {title}
region: {{council: Hallingdal}}
date: 2018-01-01
baseline: own_office
groups:
  - host: Gol
    members: [Flå, Nesbyen, Hemsedal, Ål, Hol]
"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("scenarios") / "prove"
    folder.mkdir()
    written = "'" + TITLE[:300].replace("'", "''") + "'"
    (folder / "plan.yaml").write_text(SCENARIO.format(title=written), encoding="utf-8")
    with app_server("--scenarios", str(folder.parent)) as address:
        yield address


def test_nothing_of_a_title_is_run_or_formatted(browser: Browser, hostile: str) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="nb-NO")
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in (one.path for one in PAGES):
        page.goto(f"{hostile}/{path}?region=prove&scenario=prove/plan&kommune=3042")
        settled(page)
        assert page.evaluate("window.taken") is None, path
        links = page.locator("a[href*=evil]:not([href^='#'])").evaluate_all(
            "all => all.map(e => e.outerHTML)"
        )
        assert links == [], path
    page.goto(f"{hostile}/scenario?region=prove")
    expect(page.get_by_role("heading", level=1)).to_contain_text("<script>", timeout=60_000)
    expect(page.get_by_role("heading", level=1)).to_contain_text("**fet** $x$ :smile: 🏔️ مرحبا")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1")
    assert not [url for url in asked if url.endswith("/x")]
    context.close()


def test_the_address_cannot_leave_the_folder(
    hostile: str, browser: Browser, tmp_path: Path
) -> None:
    outside = tmp_path / "hemmelig.yaml"
    outside.write_text("schema: 1\ntitle: Hemmelig\n", encoding="utf-8")
    page = browser.new_page()
    page.goto(f"{hostile}/scenario?region=../{tmp_path.name}&scenario=../../{outside.stem}")
    settled(page)
    assert "Hemmelig" not in page.locator("body").inner_text()
    page.close()
