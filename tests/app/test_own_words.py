"""Nothing that Streamlit says by itself is in English, on any page, in bokmål and nynorsk."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from planner.app.shell.language import SAID
from planner.app.shell.router import PAGES
from planner.present.words.text import Language, keys, speaking, text
from tests.app.conftest import settled

#: Every label, hint and text outside of what planners and we have written.
ALL_WORDS = """() => {
  const OURS = "style, script, code, svg *, .stMarkdown *, .stHtml *, .stCode *, .cm-editor *";
  const found = [];
  for (const one of document.querySelectorAll("*")) {
    for (const name of ["aria-label", "title", "placeholder"])
      if (one.getAttribute(name)) found.push(one.getAttribute(name));
    if (one.matches(OURS)) continue;
    for (const node of one.childNodes) if (node.nodeType === 3) found.push(node.data.trim());
  }
  return found;
}"""
MISSING = "finnes-ikke"


def english_only(language: Language) -> re.Pattern[str]:
    """What Streamlit says in English and not in a language."""
    with speaking("en"):
        english = {key.removeprefix(SAID) for key in keys() if key.startswith(SAID)}
    with speaking(language):
        unlike = [one for one in sorted(english) if text(f"{SAID}{one}") != one]
    return re.compile("|".join(re.escape(one).replace(r"\*", ".+") for one in unlike))


@pytest.mark.parametrize("language", ["nb", "nn"])
@pytest.mark.parametrize("path", [*(one.path for one in PAGES), MISSING])
def test_no_english_of_streamlit(page: Page, address: str, path: str, language: Language) -> None:
    page.goto(f"{address}/{path}?region=hallingdal&lang={language}")
    settled(page)
    page.locator(f"html[lang={language}]").wait_for(state="attached")
    told: list[str] = page.evaluate(ALL_WORDS)
    page.keyboard.press("Escape")  # what says that there is no such page
    for lists in page.locator("[role=combobox]").all()[:2]:
        if lists.is_visible():
            lists.click()
            told += page.evaluate(ALL_WORDS)
            page.keyboard.press("Escape")
    english = english_only(language)
    assert sorted({words for words in told if english.fullmatch(words)}) == []


def test_the_words_follow_the_reader_to_another_language(page: Page, address: str) -> None:
    page.goto(f"{address}/sammenlign?region=hallingdal&lang=nb")
    settled(page)
    for name, told in (("English", "Skip to main content"), ("Nynorsk", "Gå til innhaldet")):
        page.get_by_role("radio", name=name).click()
        settled(page)
        assert page.get_by_text(told, exact=True).count() == 1
