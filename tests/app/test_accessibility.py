"""WCAG 2.2 AA, as far as axe-core and a ruler can tell, on every page: light, dark and a phone."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from planner.app.shell.router import PAGES
from tests.app.conftest import settled

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
LEAST_PX = 24
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 1100}

#: What a finger must hit and is smaller; a box is hit by its label, and hidden links by nobody.
SMALL = f"""() => [...document.querySelectorAll("a[href], button, summary, label:has(input)")]
  .filter((one) => one.offsetParent && !one.closest("svg, p, li, td, .stSkipLink"))
  .filter((one) => one.dataset.testid !== "stSkipToContent")
  .filter((one) => {{
    const {{ width, height }} = one.getBoundingClientRect();
    return width && (width < {LEAST_PX} || height < {LEAST_PX});
  }})
  .map((one) => one.outerHTML.slice(0, 200))"""
#: Names that links of a page share though they lead to different places.
SHARED = """() => {
  const places = {};
  for (const one of document.querySelectorAll("a[href]")) {
    const name = (one.getAttribute("aria-label") ?? one.innerText).trim();
    if (one.offsetParent && name) (places[name] ??= new Set()).add(one.href);
  }
  return Object.entries(places).filter(([, found]) => found.size > 1).map(([name]) => name);
}"""


@pytest.mark.parametrize("path", [page.path for page in PAGES])
def test_every_page_is_for_everybody(page: Page, address: str, path: str) -> None:
    findings: list[str] = []
    for size, scheme in ((DESK, "light"), (DESK, "dark"), (PHONE, "light")):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        page.goto(f"{address}/{path}?region=hallingdal")
        settled(page)
        page.locator("html[lang=nb]").wait_for(state="attached")
        findings += [f"{scheme} {size['width']}: {one}" for one in violations(page)]
    findings += [f"small: {one}" for one in page.evaluate(SMALL)]
    findings += [f"shared name: {one}" for one in page.evaluate(SHARED)]
    assert findings == []


def test_what_has_the_focus_has_a_frame(page: Page, address: str) -> None:
    page.goto(f"{address}/scenario?region=hallingdal")
    settled(page)
    for _ in range(4):
        page.keyboard.press("Tab")
    frame = page.evaluate("getComputedStyle(document.activeElement).outline")
    assert "solid 3px" in frame or "3px solid" in frame


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{one['id']} ({one['impact']}) at {node['target']}: {node['failureSummary']}"
        for one in found
        for node in one["nodes"]
    ]
