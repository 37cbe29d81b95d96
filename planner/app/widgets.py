"""Parts that several pages show."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd
import streamlit as st
import streamlit.components.v1 as components
from streamlit_folium import st_folium

from planner.app.library import Entry, entries, title_of
from planner.present import maps
from planner.present.document import municipality_table
from planner.present.text import change, figure, keys, text
from planner.result import Result

#: The five figures that matter most to a county director, and whether more is better.
KEY_FIGURES = {
    "structure.offices": None,
    "access.mean_min": False,
    "access.max_min": False,
    "structure.least_group_fte": True,
    "commuting.severed_share": False,
}
DELTA_COLOURS: dict[bool | None, Literal["normal", "inverse", "off"]] = {
    None: "off",
    True: "normal",
    False: "inverse",
}
MAP_HEIGHT_PX = 560

# Streamlit serves this folder beside the map component's own, so that the map finds Leaflet
# on the same server.
_LEAFLET = components.declare_component("leaflet", path=str(Path(maps.__file__).parent / "leaflet"))
LEAFLET_FOLDER = f"../{_LEAFLET.name}"


def choose_scenario(label: str, key: str, region: str, default: int = 0) -> Entry | None:
    """Let the reader choose one of a region's scenarios."""
    offered = [entry for entry in entries() if entry.region == region]
    return st.selectbox(
        label,
        offered,
        index=min(default, len(offered) - 1),
        format_func=title_of,
        key=key,
    )


def choose_region(key: str) -> str:
    """Let the reader choose a region, which is a folder of scenarios."""
    regions = sorted({entry.region for entry in entries()})
    start = regions.index("hallingdal") if "hallingdal" in regions else 0
    return str(
        st.selectbox(text("app.region"), regions, index=start, key=key, format_func=_region_name)
    )


def show_faults(faults: str) -> None:
    """Show what is wrong with a scenario, as the command line prints it."""
    st.error(text("app.faulty"), icon=":material/error:")
    st.code(faults, language=None, wrap_lines=True)


def show_unsolved(result: Result) -> None:
    """Say why there is no plan."""
    for warning in result.warnings:
        st.warning(warning, icon=":material/warning:")


def show_map(result: Result, key: str, height_px: int = MAP_HEIGHT_PX) -> None:
    """Show a result's plan on a map that stays still when the plan changes."""
    if result.plan is None:
        return
    codes = result.instance.codes
    canvas = maps.base_map(codes, LEAFLET_FOLDER)
    st_folium(
        canvas,
        key=f"{key}-{'-'.join(codes)}",
        height=height_px,
        use_container_width=True,
        feature_group_to_add=maps.plan_layer(result.instance, result.plan),
        returned_objects=[],
    )


def show_key_figures(result: Result) -> None:
    """Show the five figures that matter most, each with its change from the baseline."""
    for column, (key, more_is_better) in zip(
        st.columns(len(KEY_FIGURES)), KEY_FIGURES.items(), strict=True
    ):
        score = result.scores[key]
        unit = score.indicator.unit
        colour = DELTA_COLOURS[more_is_better]
        column.metric(
            text(f"indicator.{key}"),
            figure(score.indicator.value, unit),
            change(score.change, unit) if score.change else None,
            delta_color=colour,
            help=f"{text('table.provenance')}: {text(f'provenance.{score.indicator.provenance}')}",
            border=True,
        )


def municipality_frame(result: Result) -> pd.DataFrame:
    """Return the table of municipalities with headings and figures for reading."""
    if result.plan is None:
        return pd.DataFrame()
    columns = {
        "name": "municipality",
        "host": "host",
        "minutes": "minutes",
        "minutes_nearest": "minutes_nearest",
        "presence_days": "presence_days",
        "population": "population",
        "fte": "fte",
    }
    table = municipality_table(result.instance, result.plan).replace([np.inf], np.nan)
    named = {name: text(f"table.{heading}") for name, heading in columns.items()}
    return table[list(columns)].rename(columns=named)


def indicator_frame(results: list[Result]) -> pd.DataFrame:
    """Return the indicators of results side by side, each with its change from the baseline."""
    rows = []
    for key, score in results[0].scores.items():
        unit = score.indicator.unit
        row = {
            text("table.family"): text(f"family.{key.split('.')[0]}"),
            text("table.indicator"): text(f"indicator.{key}"),
        }
        for place, result in enumerate(results, start=1):
            mark = f" {place}" if len(results) > 1 else ""
            own = result.scores.get(key)
            if own is not None:
                row[text("table.value") + mark] = figure(own.indicator.value, unit)
                row[text("table.change") + mark] = change(own.change, unit)
        row[text("table.baseline")] = figure(score.baseline.value, unit)
        row[text("table.provenance")] = text(f"provenance.{score.indicator.provenance}")
        rows.append(row)
    return pd.DataFrame(rows)


def _region_name(folder: str) -> str:
    key = f"region.{folder}"
    return text(key) if key in keys() else folder
