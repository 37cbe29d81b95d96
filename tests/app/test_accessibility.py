"""WCAG 2.2 AA, as far as axe-core can tell, on every page in both colour schemes."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from planner.app.shell.router import PAGES
from tests.app.conftest import settled

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}
SERIOUS = {"serious", "critical"}


@pytest.mark.parametrize("path", [page.path for page in PAGES])
def test_no_serious_finding(page: Page, address: str, path: str) -> None:
    findings: list[str] = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto(f"{address}/{path}?region=hallingdal")
        settled(page)
        page.locator("html[lang=nb]").wait_for(state="attached")
        findings += [f"{scheme}: {one}" for one in serious(page)]
    assert findings == []


def serious(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{one['id']} at {node['target']}: {node['failureSummary']}"
        for one in found
        if one["impact"] in SERIOUS
        for node in one["nodes"]
    ]
