"""The map of the app: a component that draws a region once and then only repaints it.

Two components make a map. The larger one holds the code and the ground; what it is sent never
changes while the region stays, so Streamlit's message cache keeps it in the browser. The smaller
one carries the drawing to it, and brings back what part of the land the reader looks at.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Literal

import streamlit as st

from planner.app.browser import bundled, styles
from planner.app.shell import address, settings
from planner.app.shell.links import go_to
from planner.pipeline.result import Result
from planner.present.maps.drawing import Drawing
from planner.present.maps.ground import Ground, region_ground
from planner.present.maps.map_address import View, read_view, write_view
from planner.present.maps.thematic import FIGURES, figure_drawing
from planner.present.words.text import LOCALES, language, text

Pick = Literal["none", "one", "many", "paint"]

TEXTS = ("zoom_in", "zoom_out", "reset", "lasso", "legend", "keys", "keys_open", "keys_pick",
         "keys_paint", "brush",
         "wheel_hint", "is_locked", "source")  # fmt: skip
OFFICES = "offices"
WHOLE = "all"  # what the browser reports when the whole region is shown


_GROUND = st.components.v2.component("kontorplan.region_map", css=styles("map"), js=bundled("map"))
_DRAWING = st.components.v2.component("kontorplan.region_drawing", js=bundled("drawing"))


def show_drawing(
    drawing: Drawing,
    *,
    key: str,
    height_px: int = 560,
    link: str = "",
    pick: Pick = "none",
    selected: Collection[str] = (),
    brush: str = "",
) -> tuple[str, ...] | None:
    """Show a drawing on a map that stays still when the drawing changes.

    Parameters
    ----------
    drawing : what to show.
    key : of the map; two maps of a page differ in it.
    height_px : of the map without its legend, in most regions: tall ones get more.
    link : maps of one region with the same name pan and zoom together.
    pick : whether the reader may pick one municipality, or several (click, loop), or paint them.
    selected : municipalities that are outlined as picked; with ``many``, a new selection is
        outlined at once.
    brush : host in whose colour strokes are painted, or an act without one; where it is empty,
        that of the office where a stroke begins.

    Returns
    -------
    What the reader picked since the last run, None if nothing: with ``one`` the municipality,
    with ``many`` the whole new selection, with ``paint`` whom one stroke touched, in its order.
    """
    land = region_ground(settings.bundle(), drawing.codes)
    answered = st.session_state.setdefault(f"{key}-answered", 0)
    with st.container(gap=None):
        answer = _GROUND(
            key=key,
            data=_ground(land, key, height_px, link, pick),
            on_picked_change=_nothing,
        ).picked
        picked = _picked(answer, drawing.codes) if pick != "none" else None
        if picked is not None:
            answered = st.session_state[f"{key}-answered"] = answered + 1
        chosen = picked if pick == "many" and picked is not None else selected
        outlined = [code for code in drawing.codes if code in chosen]
        told = {"selected": outlined, "answered": answered, "brush": brush}
        _show_drawing(drawing, land, key, told)
    return picked


def choose_figure() -> None:
    """Let the reader choose what a map shows, which `chosen_figure` tells."""
    names = {OFFICES: text("map.offices")} | {one: text(f"map.figure.{one}") for one in FIGURES}
    offered, chosen = list(names), chosen_figure() or OFFICES
    figure = st.selectbox(
        text("map.shown"), offered, index=offered.index(chosen), format_func=names.__getitem__
    )
    address.remember(map=figure)


def chosen_figure() -> str:
    """Return which figure the reader has chosen to see on a map; empty for the offices."""
    return address.chosen("map", list(FIGURES), "")


def show_plan(
    region: str, result: Result, *, key: str, height_px: int, link: str = "", figure: str = ""
) -> None:
    """Show a result's plan, if it has one; a municipality that is picked leads to its page."""
    if result.plan is None:
        return
    drawing = figure_drawing(result.instance, result.plan, figure)
    picked = show_drawing(drawing, key=key, height_px=height_px, link=link, pick="one")
    if picked:
        go_to("municipality", region=region, kommune=picked[0])


@st.fragment
def _show_drawing(drawing: Drawing, land: Ground, key: str, told: Mapping[str, Any]) -> None:
    """Bring a drawing to its map, alone when the reader only moved the map."""
    view = _remembered_view(land.identifier)
    data = {
        **drawing.document(),
        **land.lines(drawing),
        "map": key,
        "land": land.identifier,
        **told,
        "view": vars(view) if view else None,
    }
    reported = _DRAWING(key=f"{key}-drawing", data=data, on_view_change=_nothing).view
    written = _written(reported)
    if written is not None:
        _views()[land.identifier] = written
        _put_into_address(written)


def _ground(land: Ground, key: str, height_px: int, link: str, pick: Pick) -> dict[str, Any]:
    return {
        "land": {**land.document, "id": land.identifier},
        "map": key,
        "height_px": height_px,
        "link": link,
        "pick": pick,
        "language": LOCALES[language()].replace("_", "-"),
        "texts": {name: text(f"map.{name}") for name in (*TEXTS, *_countries(land))},
    }


def _countries(land: Ground) -> list[str]:
    return [f"country.{country}" for country in land.abroad.index]


def _picked(answer: object, codes: Collection[str]) -> tuple[str, ...] | None:
    """Return the municipalities of an answer; None if it is none, or not of this region."""
    if not isinstance(answer, list) or not all(code in tuple(codes) for code in answer):
        return None
    return tuple(dict.fromkeys(answer))


def _views() -> dict[str, str]:
    """Return the view of every region that this reader has looked at."""
    views: dict[str, str] = st.session_state.setdefault("map_views", {})
    return views


def _remembered_view(region: str) -> View | None:
    """Return the region's view, and have the address show it.

    While page and region stay, the address is right, also when the reader goes back in the
    browser's history. When they change, its view was another region's, unless it is the first.
    """
    views, place = _views(), (st.context.url, region)
    if not views or st.session_state.get("map_place") == place:
        asked = str(st.query_params.get("view", ""))
        views[region] = asked if read_view(asked) else ""
    st.session_state["map_place"] = place
    _put_into_address(views.setdefault(region, ""))
    return read_view(views[region])


def _put_into_address(view: str) -> None:
    if view:
        address.remember(view=view)
    else:
        address.forget("view")


def _written(reported: object) -> str | None:
    """Return how an address holds a reported view; None if nothing usable was reported."""
    if reported == WHOLE:
        return ""
    if not isinstance(reported, dict):
        return None
    try:
        view = View(*(float(reported[name]) for name in ("east_m", "north_m", "metres_per_px")))
    except (KeyError, TypeError, ValueError, OverflowError):
        return None
    return write_view(view) or None


def _nothing() -> None:
    """Be there: a component reports only what somebody listens to."""
