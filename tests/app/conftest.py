"""A browser and a running app; the browser is installed here where that is possible."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
ARTIFACTS = ROOT / "artifacts"
NAMES = ("chromium", "chromium-browser", "google-chrome")
OFFLINE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
START_S = 90


def find_browser() -> str | None:
    return next((path for path in map(shutil.which, NAMES) if path), None)


def install_browser() -> str:
    """Return why the browser could not be installed; nothing if it was."""
    if not shutil.which("apt-get"):
        return "no Chromium here, and no apt-get to install it with"
    if os.geteuid() != 0:
        return "no Chromium here, and only root may install it: apt-get install chromium"
    for command in (["update", "-qq"], ["install", "-y", "-qq", "chromium"]):
        done = subprocess.run(["apt-get", *command], capture_output=True, text=True, check=False)
    return "" if find_browser() else f"apt-get could not install Chromium: {done.stderr[-300:]}"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    reason = "" if find_browser() else install_browser()
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
    """Start the app as `planner app` does, and give its address once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    ARTIFACTS.mkdir(exist_ok=True)
    with (ARTIFACTS / "app.log").open("w", encoding="utf-8") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "planner.cli", "app", "--port", str(port)],
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            _wait_for(f"http://127.0.0.1:{port}/_stcore/health", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            os.killpg(server.pid, 15)
            server.wait(timeout=20)


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - our own server
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"the app did not start; see {ARTIFACTS / 'app.log'}")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails the test if anything but the app is asked for."""
    context = browser.new_context(viewport={"width": 1440, "height": 1100}, locale="nb-NO")
    opened = context.new_page()
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    yield opened
    context.close()
    outside = [url for url in asked if not url.startswith(("http://127.0.0.1", "data:", "blob:"))]
    assert outside == []
