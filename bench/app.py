"""How fast the app answers, measured in a browser: `python -m bench.app [--json FILE]`.

Every figure is the median of several runs, in seconds, from the reader's action until what was
asked for can be seen. The budgets are those of the design; nothing fails when one is missed.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from bench.server import OFFLINE, app_server

RUNS, STARTS = 5, 3
IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"
WAIT_MS = 120_000
SMALL_MAP = ".st-key-start-cards img"
MUNICIPALITY = "path.municipality"
NORWAY, NORDLAND = 356, 41
COUNTY = "region=nordland"
FOUR = ",".join(
    f"nordland/{name}"
    for name in (
        "dagens-kontorer",
        "tjenesteomrader-2018",
        "forslag-18-kontorer",
        "forslag-34-kontorer",
    )
)


def main() -> None:
    """Measure, print a table, and write JSON if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    rows: list[tuple[str, float | None, list[float]]] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", OFFLINE]
        )
        starts = [_start(browser) for _ in range(STARTS)]
        rows += [
            ("server answers after the command", None, [one for one, _ in starts]),
            ("first page usable in a new browser", 3.0, [other for _, other in starts]),
        ]
        with app_server() as address:
            for name, budget_s, measured in MEASURED:
                rows.append((name, budget_s, measured(browser, address)))
        browser.close()
    for name, budget_s, seconds in rows:
        median = statistics.median(seconds)
        budget = f"budget {budget_s} s" if budget_s else ""
        print(f"{name:40s} {median:6.2f} s  ({min(seconds):.2f}-{max(seconds):.2f})  {budget}")
    if options.json:
        found = {name: {"budget_s": b, "seconds": seconds} for name, b, seconds in rows}
        options.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


def _start(browser: Browser) -> tuple[float, float]:
    """Start the app, and open its first page with nothing kept from before."""
    began = time.perf_counter()
    with app_server() as address:
        up = time.perf_counter() - began
        page = browser.new_context().new_page()
        page.goto(address)
        page.locator(SMALL_MAP).first.wait_for(timeout=WAIT_MS)
        usable = time.perf_counter() - began - up
        page.context.close()
    return up, usable


def _control(browser: Browser, address: str) -> list[float]:
    """Choose another scenario of a county whose results are kept."""
    page = browser.new_page()
    page.goto(f"{address}/scenario?{COUNTY}&scenario=nordland/tjenesteomrader-2018")
    page.locator(MUNICIPALITY).nth(NORDLAND - 1).wait_for(state="attached", timeout=WAIT_MS)
    titles = ("dagens kontorer", "tjenesteområdene")
    for title in titles:  # once each, so that both are kept
        _choose(page, title)
    seconds = [_choose(page, title) for title in titles * RUNS]
    page.close()
    return seconds


def _choose(page: Page, title: str) -> float:
    """Choose a scenario; seconds from the click on its title until the page has it."""
    page.get_by_role("combobox", name="Scenario", exact=True).click()
    option = page.get_by_role("option").filter(has_text=title).first
    option.wait_for()
    began = time.perf_counter()
    option.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title, timeout=WAIT_MS)
    return time.perf_counter() - began


def _compare(browser: Browser, address: str) -> list[float]:
    """Go to the comparison of four scenarios of a county by the menu; their results are kept."""
    page = browser.new_page()
    page.goto(f"{address}/sammenlign?{COUNTY}&scenarios={FOUR}&maps=linked")
    _wait_for_four(page)
    seconds = []
    for _ in range(RUNS):
        page.get_by_role("link", name="Kommune", exact=True).click()
        expect(page.get_by_role("heading", level=1)).not_to_have_text("Sammenlign")
        page.locator(IDLE).wait_for(timeout=WAIT_MS)
        seconds.append(_timed(lambda: _to_comparison(page)))
    page.close()
    return seconds


def _to_comparison(page: Page) -> None:
    page.get_by_role("link", name="Sammenlign").click()
    _wait_for_four(page)


def _wait_for_four(page: Page) -> None:
    last = page.locator(MUNICIPALITY).nth(4 * NORDLAND - 1)
    last.wait_for(state="attached", timeout=WAIT_MS)


def _norway(browser: Browser, address: str) -> list[float]:
    """Go to the map of the whole country by the menu, and see every municipality painted."""
    page = browser.new_page()
    seconds = []
    for _ in range(RUNS + 1):
        page.goto(f"{address}/scenario")
        page.locator(MUNICIPALITY).first.wait_for(state="attached", timeout=WAIT_MS)
        seconds.append(_timed(lambda: _whole_country(page)))
    page.close()
    return seconds[1:]


def _whole_country(page: Page) -> None:
    page.get_by_role("link", name="Data og metode").click()
    last = page.locator(MUNICIPALITY).nth(NORWAY - 1)
    last.wait_for(state="attached", timeout=WAIT_MS)
    page.evaluate("() => new Promise(requestAnimationFrame)")


def _timed(act: Callable[[], None]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


MEASURED: tuple[tuple[str, float, Callable[[Browser, str], list[float]]], ...] = (
    ("another scenario of a county", 0.5, _control),
    ("four scenarios of a county compared", 2.0, _compare),
    ("to the map of 356 municipalities", 1.0, _norway),
)

if __name__ == "__main__":
    main()
