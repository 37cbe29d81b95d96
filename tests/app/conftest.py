"""A browser and a running app; the browser is installed here where that is possible."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from bench.server import OFFLINE, app_server
from planner.app.shell import library
from planner.io.files import locked
from tests.support.paths import ROOT

ARTIFACTS = ROOT / "artifacts"
NAMES = ("chromium", "chromium-browser", "google-chrome")
IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"
DRAWN = "h1, svg.canvas"  # pages have a heading, scripts of tests perhaps only a map
CALM_MS, WAIT_MS = 400, 60_000


def find_browser() -> str | None:
    return next((path for path in map(shutil.which, NAMES) if path), None)


def install_browser() -> str:
    """Return why the browser could not be installed; nothing if it was, here or by another."""
    ARTIFACTS.mkdir(exist_ok=True)
    with locked(ARTIFACTS / "browser.lock"):  # tests run in two processes, packages in one
        return "" if find_browser() else _install_browser()


def _install_browser() -> str:
    if not shutil.which("apt-get"):
        return "no Chromium here, and no apt-get to install it with"
    if os.geteuid() != 0:
        return "no Chromium here, and only root may install it: apt-get install chromium"
    for command in (["update", "-qq"], ["install", "-y", "-qq", "chromium"]):
        done = subprocess.run(["apt-get", *command], capture_output=True, text=True, check=False)
    return "" if find_browser() else f"apt-get could not install Chromium: {done.stderr[-300:]}"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    reason = install_browser()
    if reason:
        pytest.skip(reason)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=find_browser(), args=["--no-sandbox", "--disable-gpu", OFFLINE]
        )
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Address of the app, started as `planner app` does."""
    ARTIFACTS.mkdir(exist_ok=True)
    with app_server(log=ARTIFACTS / "app.log") as started:
        yield started


@pytest.fixture(scope="session", autouse=True)
def solved_before_the_end() -> Iterator[None]:
    """Let scenarios that pages are preparing be solved: a solver must not outlive the process."""
    yield
    until = time.monotonic() + WAIT_MS / 1000
    while library._PREPARING and time.monotonic() < until:
        time.sleep(0.1)


def settled(page: Page) -> None:
    """Wait until the page is there and has nothing more to draw."""
    page.locator(DRAWN).first.wait_for(timeout=WAIT_MS)
    for _ in range(2):  # parts of the page draw once more after the page itself
        page.wait_for_selector(IDLE, timeout=WAIT_MS)
        page.wait_for_timeout(CALM_MS)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails the test if anything but the app is asked for, or its policy is broken."""
    context = browser.new_context(viewport={"width": 1440, "height": 1100}, locale="nb-NO")
    opened = context.new_page()
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    told: list[str] = []
    opened.on("console", lambda message: told.append(message.text))
    yield opened
    context.close()
    outside = [url for url in asked if not url.startswith(("http://127.0.0.1", "data:", "blob:"))]
    assert outside == []
    assert [words for words in told if "Content Security Policy" in words] == []
