"""Pictures of every page, light and dark, wide and narrow: `python -m bench.screens`.

They are written into docs/screens, as `page-scheme-width.png`; the README shows some of them.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from bench.server import OFFLINE, app_server

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "screens"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
SIZES = {1440: 1000, 390: 844}
IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"
HALLINGDAL = "region=hallingdal"
COUNTY = ("i-dag-2026", "forslag-2026", "forslag-18-kontorer", "forslag-34-kontorer")
VIEWS = {
    "oversikt": HALLINGDAL,
    "scenario": f"{HALLINGDAL}&scenario=hallingdal/modell-e",
    "sammenlign": "region=nordland&scenarios=" + ",".join(f"nordland/{one}" for one in COUNTY),
    "presentasjon": f"{HALLINGDAL}&slide=7",
    "kommune": f"{HALLINGDAL}&kommune=3044",
    "forslag": "region=nordland&scenario=nordland/forslag-18-kontorer",
    "alle-mulige": HALLINGDAL,
    "ny-region": "",
    "rediger": f"{HALLINGDAL}&scenario=hallingdal/modell-b",
    "data": "",
}
FIRST = "oversikt"  # it stands at the root
ASKED = "forslag"  # its button is pressed, and the picture shows the answer
ANSWER_MS = 300_000
COLOURS = 256  # a screen has few; the files become a third of their size


def main() -> None:
    """Write the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", nargs="*", metavar="PAGE", help="left out: all pages")
    pages = parser.parse_args().pages or list(VIEWS)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with app_server() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", OFFLINE]
        )
        for page, name in _opened(browser, address, pages):
            path = FOLDER / f"{name}.png"
            page.screenshot(path=path)
            Image.open(path).convert("RGB").quantize(COLOURS).save(path, optimize=True)
            print(path.name)
        browser.close()


def _opened(browser: Browser, address: str, pages: list[str]) -> Iterator[tuple[Page, str]]:
    for scheme in SCHEMES:
        for width, height in SIZES.items():
            context = browser.new_context(
                viewport={"width": width, "height": height}, color_scheme=scheme, locale="nb-NO"
            )
            page = context.new_page()
            for name in pages:
                path = "" if name == FIRST else name
                page.goto(f"{address}/{path}?{VIEWS[name]}")
                _settle(page)
                if name == ASKED:
                    page.locator("[data-testid=stBaseButton-primary]").first.click()
                    page.get_by_text("Bevist best").first.wait_for(timeout=ANSWER_MS)
                    _settle(page)
                yield page, f"{name}-{scheme}-{width}"
            context.close()


def _settle(page: Page) -> None:
    _idle(page)
    for going_on in ("Regner …", "Søker. "):
        expect(page.get_by_text(going_on)).to_have_count(0, timeout=ANSWER_MS)
    _idle(page)  # what was waited for is drawn now
    for chart in page.get_by_test_id("stVegaLiteChart").all():
        chart.locator("svg, canvas").first.wait_for(timeout=ANSWER_MS)


def _idle(page: Page) -> None:
    for _ in range(2):  # fragments draw once more after the page
        page.wait_for_selector(IDLE, timeout=120_000)
        page.wait_for_timeout(1500)


if __name__ == "__main__":
    main()
