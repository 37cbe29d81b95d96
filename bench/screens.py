"""Pictures of the app for the README: `python -m bench.screens ADDRESS` with the app running."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "screens"
VIEWS = {
    "scenario": "?region=hallingdal&scenario=hallingdal/modell-e",
    "compare": "sammenlign?region=hallingdal",
    "nordland": "?region=nordland&scenario=nordland/tjenesteomrader-2018",
}


def main(address: str, browser: str = "/usr/bin/chromium") -> None:
    """Write one picture a view, 1440 pixels wide."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=browser, args=["--no-sandbox", "--disable-gpu"]
        )
        page = launched.new_page(viewport={"width": 1440, "height": 1000})
        for name, view in VIEWS.items():
            page.goto(f"{address}/{view}")
            frame = page.frame_locator("iframe[title='streamlit_folium.st_folium']").last
            frame.locator("path.municipality").first.wait_for(timeout=60_000)
            page.wait_for_timeout(1500)
            page.screenshot(path=FOLDER / f"{name}.png")
        launched.close()


if __name__ == "__main__":
    main(sys.argv[1])
