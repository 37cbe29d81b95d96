"""Choosing a region in a real browser: from the list, and on the map of the country."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bench.server import app_server
from tests.app.conftest import ARTIFACTS, WAIT_MS, settled
from tests.app.test_accessibility import violations


def test_a_region_is_chosen_made_and_drawn(page: Page, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    with app_server("--scenarios", str(tmp_path), log=ARTIFACTS / "region-app.log") as own:
        page.goto(f"{own}/ny-region?parts=council:Lister")
        settled(page)
        shape = page.locator("path[data-code='1103']")
        shape.focus()
        page.keyboard.press("Enter")
        chosen = page.get_by_test_id("stMultiSelect")
        expect(chosen).to_contain_text("Stavanger", timeout=WAIT_MS)
        settled(page)
        assert violations(page) == []
        shape.focus()
        page.keyboard.press("Enter")
        expect(chosen).not_to_contain_text("Stavanger", timeout=WAIT_MS)
        page.get_by_role("button", name="Lag regionen").click()
        page.get_by_role("link", name="Tegn en plan").click(timeout=WAIT_MS)
        expect(page.get_by_text("ny-plan.yaml")).to_be_visible(timeout=WAIT_MS)
    assert sorted(path.stem for path in (tmp_path / "Lister").glob("*.yaml")) == [
        "forslag",
        "i-dag",
        "ny-plan",
    ]


@pytest.mark.parametrize("width", [390])
def test_on_a_phone_the_list_comes_before_the_map(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"{address}/ny-region")
    settled(page)
    field = page.get_by_role("combobox", name="Kommuner i regionen").bounding_box()
    canvas = page.locator("svg.canvas").bounding_box()
    assert field
    assert canvas
    assert field["y"] < canvas["y"]
    assert canvas["x"] + canvas["width"] <= width
