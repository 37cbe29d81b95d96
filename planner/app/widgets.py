"""Parts that several pages show."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import streamlit as st
import streamlit.components.v1 as components
from streamlit_folium import st_folium

from planner.app import address
from planner.app.library import Entry, entries, regions
from planner.present import maps
from planner.present.text import amount, keys, signed_amount, text
from planner.present.warnings import warnings_about
from planner.result import Result

#: The five figures that matter most to a county director, and whether more is better.
KEY_FIGURES: dict[str, bool | None] = {
    "structure.offices": None,
    "access.mean_min": False,
    "access.max_min": False,
    "structure.least_group_fte": True,
    "commuting.severed_share": False,
}
JUDGEMENTS: dict[bool | None, tuple[str, Literal["off", "green", "red"]]] = {
    None: ("changed", "off"),
    True: ("better", "green"),
    False: ("worse", "red"),
}
KEY_FIGURE_PX = 170  # five beside each other on a laptop, two on a phone
FIRST_REGION = "hallingdal"
MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|$<>~:&])")

# Streamlit serves this folder beside the map component's own, so that the map finds Leaflet
# on the same server.
_LEAFLET = components.declare_component("leaflet", path=str(Path(maps.__file__).parent / "leaflet"))
LEAFLET_FOLDER = f"../{_LEAFLET.name}"


def plain(words: str) -> str:
    """Escape what Streamlit would read as Markdown: titles come from files and are only text."""
    return MARKDOWN.sub(r"\\\1", " ".join(words.split()))


def choose_region() -> str:
    """Let the reader choose a region, which is a folder of scenarios."""
    offered = regions()
    default = FIRST_REGION if FIRST_REGION in offered else offered[0]
    region = st.selectbox(
        text("app.region"),
        offered,
        index=offered.index(address.chosen("region", offered, default)),
        format_func=_region_name,
    )
    address.remember(region=region)
    return region


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
    for warning in warnings_about(result.instance, result.plan, result.proposal):
        st.warning(plain(warning))


def show_map(result: Result, key: str, height_px: int) -> None:
    """Show a result's plan on a map that stays still when the plan changes."""
    if result.plan is None:
        return
    codes = result.instance.codes
    st_folium(
        maps.base_map(codes, LEAFLET_FOLDER),
        key=f"{key}-{'-'.join(codes)}",
        height=height_px,
        use_container_width=True,
        feature_group_to_add=maps.plan_layer(result.instance, result.plan),
        returned_objects=[],
    )


def show_key_figures(result: Result) -> None:
    """Show the five figures that matter most, each with its change from the baseline."""
    with st.container(horizontal=True):
        for key, more_is_better in KEY_FIGURES.items():
            _show_key_figure(result, key, more_is_better)


def _show_key_figure(result: Result, key: str, more_is_better: bool | None) -> None:
    score = result.scores[key]
    unit = score.indicator.unit
    moved = signed_amount(score.change, unit)
    rises = (score.change or 0.0) > 0
    better = None if more_is_better is None else rises is more_is_better
    word, colour = JUDGEMENTS[better]
    change = text(f"app.{word}", change=moved, before=amount(score.baseline.value, unit))
    provenance = text(f"provenance.{score.indicator.provenance}")
    st.metric(
        text(f"key_figure.{key}"),
        amount(score.indicator.value, unit),
        change if moved else text("app.unchanged"),
        delta_color=colour if moved else "off",
        delta_arrow="off",
        help=f"{text(f'indicator.{key}')}. {text('table.provenance')}: {provenance}.",
        border=True,
        width=KEY_FIGURE_PX,
    )


def _region_name(folder: str) -> str:
    key = f"region.{folder}"
    return text(key) if key in keys() else folder
