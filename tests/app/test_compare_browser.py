"""The comparison in a browser: cards on a phone, all models in one view, a print without cuts."""

from __future__ import annotations

from io import BytesIO

from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from tests.app.conftest import ARTIFACTS, WAIT_MS, settled
from tests.app.test_browser import expect_no_failure

SCREEN_PX = 900


def opened(page: Page, address: str, width: int) -> Locator:
    page.set_viewport_size({"width": width, "height": SCREEN_PX})
    page.goto(f"{address}/sammenlign?region=hallingdal")
    expect(page.locator("table.winners")).to_be_visible(timeout=WAIT_MS)
    settled(page)
    return page.locator("table.winners tbody tr").filter(has=page.get_by_role("link", name="Flå"))


def bottom(part: Locator) -> float:
    box = part.bounding_box()
    assert box is not None
    return box["y"] + box["height"]


def test_all_models_stand_in_one_view(page: Page, address: str) -> None:
    opened(page, address, 1440)
    maps = page.locator(".st-key-compare-maps img")
    expect(maps).to_have_count(7)
    assert all(bottom(one) <= SCREEN_PX for one in maps.all())
    heads = page.locator("table.compared").first.locator("thead th").all_inner_texts()
    assert [head[:1] for head in heads[1:-1]] == list("1234567")
    assert not [head for head in heads if "…" in head]
    expect_no_failure(page)
    page.screenshot(path=ARTIFACTS / "sammenlign-1440.png", full_page=True)


def test_on_a_phone_a_municipality_is_a_card_with_the_newest_plan_first(
    page: Page, address: str
) -> None:
    card = opened(page, address, 390)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    told = card.inner_text()
    assert told.index("Hallingdal 2026") < told.index("Modell E") < told.index("Modell B")
    assert "uendret" not in told[: told.index("Modell B")]  # losses first, what is alike last
    first, second = (card.locator("td").nth(place) for place in (0, 1))
    assert bottom(first) <= bottom(second) - 1  # below each other
    page.screenshot(path=ARTIFACTS / "sammenlign-390.png", full_page=True)


def test_a_print_has_every_map_and_figure_and_no_boxes(page: Page, address: str) -> None:
    opened(page, address, 1440)
    page.emulate_media(media="print")
    expect(page.locator(".paper-only img")).to_be_visible()  # the map that moves does not fit paper
    expect(page.locator(".st-key-compare-difference")).to_be_hidden()
    printed = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    sheets = [" ".join(sheet.extract_text().split()) for sheet in printed.pages]
    assert all(sheet.mediabox.width > sheet.mediabox.height for sheet in printed.pages)
    assert all("Kontorplan" in sheet and "/sammenlign" in sheet for sheet in sheets)
    for told in ("7 Modell E", "Reisetid til vertskontoret", "Ikke lenger eget vertskontor"):
        assert any(told in sheet for sheet in sheets)
    assert not any("Vis som presentasjon" in sheet for sheet in sheets)
