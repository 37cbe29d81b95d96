"""Parts that several pages show."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import streamlit as st

from planner.app.shell.library import title_of
from planner.errors import PlannerError
from planner.pipeline.result import Result
from planner.present.result.key_figures import Judgement, key_figures
from planner.present.words.caveats import warnings_about
from planner.present.words.dated import baseline_words, dated_title
from planner.present.words.faults import error_text
from planner.present.words.text import text
from planner.scenario.vocabulary import BASELINES

COLOURS: dict[Judgement, Literal["off", "green", "red"]] = {
    "better": "green",
    "worse": "red",
    "changed": "off",
    "unchanged": "off",
}
KEY_FIGURE_PX = 170  # five beside each other on a laptop, two on a phone
SPACES = re.compile(r"[^\S\u00a0]+")  # figures keep theirs, at which no line is broken
#: Where Markdown finds an address of the web or of mail, and what cannot be seen within one.
ADDRESS = re.compile(r"\b(https?|ftp|mailto|xmpp)(?=:)|\bwww(?=\.)|@", re.IGNORECASE)
WORD_JOINER = "\u2060"
#: What would turn the words after it to run the other way.
TURNED = re.compile("[\u202a-\u202e\u2066-\u2069]")
MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|$<>~:&])")


def plain(words: str) -> str:
    """Escape what Streamlit would read as Markdown: titles come from files and are only text.

    Addresses become links even where they are escaped, unless something parts them.
    """
    words = TURNED.sub("", SPACES.sub(" ", words).strip())
    parted = ADDRESS.sub(f"\\g<0>{WORD_JOINER}", words)
    return MARKDOWN.sub(r"\\\1", parted)


def note(words: str) -> None:
    """Show a remark in small letters; Streamlit's captions are too pale to be read by all."""
    st.markdown(f":small[{plain(words)}]")


def show_faults(error: PlannerError) -> None:
    """Show what is wrong with a scenario or the data."""
    st.error(text("app.faulty"))
    st.code(error_text(error, by_region=True), language=None, wrap_lines=True)


def show_warnings(result: Result) -> None:
    """Show what must be known before the figures are used."""
    for warning in warnings_about(result):
        st.warning(plain(warning))


def show_warnings_folded(result: Result) -> None:
    """Show the same where there is little room: how many there are, and all behind a fold."""
    warnings = warnings_about(result)
    if not warnings:
        return
    count = len(warnings)
    one = text("overview.warnings_one")
    with st.expander(one if count == 1 else text("overview.warnings", count=count)):
        st.markdown("\n".join(f"- {plain(warning)}" for warning in warnings))


def show_key_figures(result: Result) -> None:
    """Show the five figures that matter most, each with its change from the baseline."""
    with st.container(horizontal=True):
        for one in key_figures(result.scores):
            st.metric(
                one.label,
                one.value,
                one.change_from,
                delta_color=COLOURS[one.judgement],
                delta_arrow="off",
                help=basis(one.key, one.provenance),
                border=True,
                width=KEY_FIGURE_PX,
            )


def background() -> str:
    """Return the colour behind the page, which Streamlit tells its own parts alone."""
    scheme = st.context.theme.type or "light"
    return str(st.get_option(f"theme.{scheme}.backgroundColor"))


def coloured(words: str, judgement: Judgement) -> str:
    """Write words as Markdown in the colour of a judgement, which they tell as well."""
    colour = COLOURS[judgement]
    return plain(words) if colour == "off" else f":{colour}[{plain(words)}]"


def basis(key: str, provenance: str) -> str:
    """Say how an indicator is counted, and what it rests on."""
    label, formula = text(f"indicator.{key}"), text(f"formula.{key}")
    return plain(text("app.basis", label=label, formula=formula, provenance=provenance))


def baseline_title(result: Result) -> str:
    """Return what a result's baseline is called."""
    name = result.scenario.baseline
    if name in BASELINES:
        return baseline_words(name, result.instance.date)
    folder = result.scenario.path.parent if result.scenario.path else Path()
    return title_of(folder / name)


def dated_baseline(result: Result) -> str:
    """Return what a result's baseline is called, and its date where a file's title tells none."""
    title = baseline_title(result)
    named = result.scenario.baseline in BASELINES
    return title if named else dated_title(title, result.instance.date)
