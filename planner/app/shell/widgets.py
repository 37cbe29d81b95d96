"""Parts that several pages show."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import pandas as pd
import streamlit as st

from planner.app.shell import address, map_view
from planner.app.shell.library import Entry, entries, first_region, regions, title_of
from planner.pipeline.result import Result
from planner.present.maps.drawing import plan_drawing
from planner.present.result.key_figures import Judgement, key_figures
from planner.present.site.regions import region_name
from planner.present.words.caveats import warnings_about
from planner.present.words.dated import baseline_words
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
MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|$<>~:&])")


def plain(words: str) -> str:
    """Escape what Streamlit would read as Markdown: titles come from files and are only text."""
    return MARKDOWN.sub(r"\\\1", SPACES.sub(" ", words).strip())


def note(words: str) -> None:
    """Show a remark in small letters; Streamlit's captions are too pale to be read by all."""
    st.markdown(f":small[{plain(words)}]")


def choose_region() -> str:
    """Let the reader choose a region, which is a folder of scenarios; end the page without any."""
    offered = regions()
    if not offered:
        st.info(text("app.no_scenarios"))
        st.stop()
    default = first_region(offered)
    region = st.selectbox(
        text("app.region"),
        offered,
        index=offered.index(address.chosen("region", offered, default)),
        format_func=region_name,
    )
    address.remember(region=region)
    return region


def choose_municipality(label: str, key: str, names: Mapping[str, str]) -> str:
    """Let the reader choose one of some municipalities; the address remembers it under a key.

    Parameters
    ----------
    label : over the choice.
    key : under which the address remembers it.
    names : code -> name, in the order that they are offered; the first is the default.
    """
    codes = list(names)
    code = st.selectbox(
        label,
        codes,
        index=codes.index(address.chosen(key, codes, codes[0])),
        format_func=lambda one: names[one],
    )
    address.remember(**{key: code})
    return code


def choose_scenario(label: str, key: str, region: str, *, last: bool) -> Entry | None:
    """Let the reader choose one of a region's scenarios.

    Parameters
    ----------
    label : over the choice.
    key : under which the address remembers it.
    region : whose scenarios are offered.
    last : start with the last plan drawn by people, not with the first.
    """
    offered = {entry.name: entry for entry in entries(region)}
    if not offered:
        st.info(text("app.no_scenarios"))
        return None
    drawn = [name for name, entry in offered.items() if not entry.is_proposal] or list(offered)
    names = list(offered)
    name = st.selectbox(
        label,
        names,
        index=names.index(address.chosen(key, names, drawn[-1 if last else 0])),
        format_func=lambda name: offered[name].title,
        key=f"{key}-of-{region}",
    )
    address.remember(**{key: name})
    return offered[name]


def show_faults(faults: str) -> None:
    """Show what is wrong with a scenario or the data, as the command line prints it."""
    st.error(text("app.faulty"))
    st.code(faults, language=None, wrap_lines=True)


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


def show_map(result: Result, key: str, height_px: int) -> None:
    """Show a result's plan on a map that stays still when the plan changes."""
    if result.plan is None:
        return
    drawing = plan_drawing(result.instance, result.plan)
    map_view.show_map(drawing, key=key, height_px=height_px)


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
                help=basis(text(f"indicator.{one.key}"), one.provenance),
                border=True,
                width=KEY_FIGURE_PX,
            )


def show_key_figure_table(result: Result) -> None:
    """Show the same figures in a narrow table."""
    headings = [text(f"overview.{name}") for name in ("figure", "before", "value", "change")]
    rows = [
        (one.label, one.before, one.value, coloured(one.change, one.judgement))
        for one in key_figures(result.scores)
    ]
    st.table(pd.DataFrame(rows, columns=headings), border="horizontal", hide_index=True)


def coloured(words: str, judgement: Judgement) -> str:
    """Write words as Markdown in the colour of a judgement, which they tell as well."""
    colour = COLOURS[judgement]
    return plain(words) if colour == "off" else f":{colour}[{plain(words)}]"


def basis(label: str, provenance: str) -> str:
    """Say what a figure rests on."""
    return plain(text("app.basis", label=label, provenance=provenance))


def baseline_title(result: Result) -> str:
    """Return what a result's baseline is called."""
    name = result.scenario.baseline
    if name in BASELINES:
        return baseline_words(name, result.instance.date)
    folder = result.scenario.path.parent if result.scenario.path else Path()
    return title_of(folder / name)
