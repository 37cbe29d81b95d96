"""A meeting looks at one alternative at a time: by address, by button and by key."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

from tests.app.conftest import ARTIFACTS, WAIT_MS, settled
from tests.app.test_browser import expect_no_failure
from tests.app.test_pages import opened

TWO = "hallingdal/modell-a,hallingdal/modell-e"


def slide(app: AppTest) -> str:
    found = next(one for one in app.get("html") if "<article" in str(one.proto.body))
    return str(found.proto.body)


def test_the_address_says_which_slide() -> None:
    app = opened("slides", region="hallingdal", scenarios=TWO, slide="2")
    assert not app.exception
    assert "<h1>Modell E – én felles vertskommune</h1>" in slide(app)
    assert [one.disabled for one in app.button] == [False, True]
    app.button[0].click().run()
    assert "<h1>Modell A – dagens organisering</h1>" in slide(app)
    assert app.query_params["slide"] in ("1", ["1"])
    assert [one.disabled for one in app.button] == [True, False]


def test_what_is_lost_stands_before_the_rest() -> None:
    shown = {"region": "nordland", "scenarios": "nordland/i-dag-2026"}
    words = slide(opened("slides", **shown))
    assert words.index("Skal ha bemanning, men får ingen: Træna.") < words.index("24\u00a0kontorer")
    assert words.index("</ul>") > words.index("Træna") > words.index('class="losses"')
    kept = slide(opened("slides", region="hallingdal", scenarios="hallingdal/modell-e"))
    assert "det som skal beholdes, er beholdt" in kept
    assert kept.index("Mister daglig bemanning: Flå") < kept.index("1\u00a0kontor")


@pytest.mark.parametrize("asked", ["9", "0", "x"])
def test_a_slide_that_is_not_there_is_the_first(asked: str) -> None:
    assert "Modell A" in slide(opened("slides", region="hallingdal", scenarios=TWO, slide=asked))


def test_readers_may_present(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KONTORPLAN_READ_ONLY", "1")
    app = opened("slides", region="hallingdal")
    assert not app.exception
    assert any(one.value.startswith("1 av ") for one in app.markdown)


@pytest.mark.parametrize("shown", ["hallingdal/modell-delt", "nordland/i-dag-2026"])
def test_a_slide_fits_a_projector(page: Page, address: str, shown: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    region = shown.partition("/")[0]
    page.goto(f"{address}/presentasjon?region={region}&scenarios={shown}")
    expect(page.locator("article .losses li").first).to_be_visible(timeout=WAIT_MS)
    settled(page)
    assert on_screen(page)


def on_screen(page: Page) -> bool:
    """Tell whether the sender and the dates, which stand last, are seen without scrolling."""
    foot = page.locator(".kontorplan-foot").bounding_box()
    assert foot is not None
    return foot["y"] + foot["height"] <= 720


def test_keys_turn_and_lead_back(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"{address}/sammenlign?region=hallingdal&scenarios={TWO}")
    page.get_by_role("link", name="Vis som presentasjon").click()
    expect(page.get_by_role("heading", name="Modell A", level=1)).to_be_visible(timeout=WAIT_MS)
    expect(page.get_by_role("link", name="Forslag")).to_be_hidden()
    settled(page)
    for key, title in (
        ("ArrowRight", "Modell E"),
        ("PageUp", "Modell A"),
        ("PageDown", "Modell E"),
    ):
        page.keyboard.press(key)
        expect(page.get_by_role("heading", name=title, level=1)).to_be_visible(timeout=WAIT_MS)
        settled(page)
    expect(page).to_have_url(re.compile("slide=2"))
    assert on_screen(page)
    letters = page.locator("article li").first.evaluate("one => getComputedStyle(one).fontSize")
    assert float(letters.removesuffix("px")) > 22
    page.screenshot(path=ARTIFACTS / "presentasjon.png")
    page.emulate_media(media="print")
    printed = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(printed.pages) == 1
    assert "Kontorplan" in printed.pages[0].extract_text()
    page.emulate_media(media="screen")
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="Sammenlign", level=1)).to_be_visible(timeout=WAIT_MS)
    expect(page.get_by_role("heading", name="2 Modell E").first).to_be_visible(timeout=WAIT_MS)
    expect_no_failure(page)
