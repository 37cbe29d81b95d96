"""A new region: a council, counties, or any municipalities, chosen in a list or on the map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import streamlit as st

from planner.app.edit.save import refusal, save_new
from planner.app.shell import address, library, rights, settings, widgets
from planner.app.shell.links import link_to
from planner.app.shell.map_view import show_drawing
from planner.io.gazetteer import Gazetteer
from planner.io.tables.population import read_population
from planner.present.editor.request_codec import usual_propose
from planner.present.maps.choice import choice_drawing
from planner.present.site.regions import region_name
from planner.present.words.text import day, enumeration, figure, text
from planner.scenario.new_region import FILES, Part, RegionChoice, region_files
from planner.scenario.store import StoreError, make_region
from planner.today import today

MAP_HEIGHT_PX = 420
PARTS, MADE = "parts", "region-made"
COUNCIL, COUNTY = "council:", "county:"
#: More names than this are not listed in a sentence.
MOST_NAMED = 30


def show() -> None:
    """Show the page."""
    st.title(text("page.region"))
    if rights.read_only():
        st.info(text("edit.read_only"))
        return
    st.markdown(widgets.plain(text("new_region.intro")))
    gazetteer = Gazetteer.from_bundle(settings.bundle())
    left, right = st.columns([2, 3], gap="large")
    with right:  # first: what is picked on it stands in the list
        _show_map(gazetteer)
    with left:
        _show_choice(gazetteer)


def _show_map(gazetteer: Gazetteer) -> None:
    names, counties = _municipalities(gazetteer)
    chosen = _read(_chosen(gazetteer)).members(gazetteer)
    picked = show_drawing(
        choice_drawing(names, counties, chosen),
        key="region-map",
        height_px=MAP_HEIGHT_PX,
        pick="many",
        selected=chosen,
    )
    if picked is not None:
        choice = _read(_chosen(gazetteer))
        for code in set(chosen).difference(picked):
            choice = choice.without(code, gazetteer)
        more = [code for code in picked if code not in chosen]
        st.session_state[PARTS] = _parts(choice) + more
        st.rerun()


def _show_choice(gazetteer: Gazetteer) -> None:
    """Show the list of what is chosen, and what is made of it."""
    st.session_state[PARTS] = _chosen(gazetteer)
    labels = _labels(gazetteer)
    parts = st.multiselect(
        text("new_region.choose"),
        list(labels),
        format_func=lambda one: labels[one],
        key=PARTS,
        placeholder=text("new_region.search"),
    )
    if parts:
        address.remember(**{PARTS: parts})
    else:
        address.forget(PARTS)
    choice = _read(parts)
    members = choice.members(gazetteer)
    if not members:
        widgets.note(text("new_region.nothing"))
        return
    names = [gazetteer.unique_name(code) for code in members]
    told = enumeration(names) if len(names) <= MOST_NAMED else text("new_region.many")
    st.markdown(
        widgets.plain(
            text("new_region.chosen", count=figure(len(names), "municipalities"), names=told)
        )
    )
    for region in library.regions_of(members):
        link_to("overview", text("new_region.exists", region=region_name(region)), region=region)
    suggested = _suggested(choice, names)
    with st.form("region-new", border=False):
        name = st.text_input(
            text("new_region.name"), suggested, help=text("new_region.name_help"),
            key=f"region-name-{suggested}",
        )  # fmt: skip
        made = st.form_submit_button(text("new_region.make"), type="primary")
    widgets.note(text("new_region.what"))
    if made:
        st.session_state[MADE] = _make(choice, " ".join(name.split()), gazetteer)
    _show_made()


def _make(choice: RegionChoice, name: str, gazetteer: Gazetteer) -> str:
    """Make the region's folder and its first scenarios; return the folder, or say why not."""

    def words(part: Part) -> tuple[str, str]:
        title = text(f"new_region.title.{part}", region=name, day=day(today()))
        return title, text(f"new_region.description.{part}", region=name, day=day(today()))

    files = region_files(choice, gazetteer, on=today(), asked=usual_propose(), words=words)
    try:
        folder = make_region(settings.workspace().scenarios, name)
        for file, written in files.items():
            save_new(folder, file, written)
    except StoreError as error:
        reason = "new_region.taken" if error.reason == "taken" else ""
        st.error(text(reason) if reason else refusal(error))
        return ""
    return folder


def _show_made() -> None:
    folder = st.session_state.get(MADE, "")
    if not folder:
        return
    st.success(widgets.plain(text("new_region.made", region=region_name(folder))))
    pages: dict[Part, str] = {"today": "scenario", "plan": "edit", "request": "proposal"}
    for part, page in pages.items():
        label = text(f"new_region.open.{part}")
        link_to(page, label, region=folder, scenario=f"{folder}/{FILES[part]}")


def _chosen(gazetteer: Gazetteer) -> list[str]:
    """Return what the reader has chosen, or what the address asks for."""
    if PARTS in st.session_state:
        return list(st.session_state[PARTS])
    return address.chosen_many(PARTS, list(_labels(gazetteer)), ())


def _read(parts: Sequence[str]) -> RegionChoice:
    return RegionChoice(
        tuple(one.removeprefix(COUNCIL) for one in parts if one.startswith(COUNCIL)),
        tuple(one.removeprefix(COUNTY) for one in parts if one.startswith(COUNTY)),
        tuple(one for one in parts if ":" not in one),
    )


def _parts(choice: RegionChoice) -> list[str]:
    councils = [COUNCIL + name for name in choice.councils]
    return [*councils, *(COUNTY + name for name in choice.counties), *choice.codes]


def _suggested(choice: RegionChoice, names: Sequence[str]) -> str:
    """Return what a region may be called: its parts where they are few, or its first names."""
    parts = [*choice.councils, *choice.counties]
    if not parts or (len(parts) == 1 and not choice.codes):
        parts = parts or list(names)
    few = parts[:2]
    return " ".join(enumeration(few).replace("(", "").replace(")", "").split())


@lru_cache(maxsize=4)
def _municipalities(gazetteer: Gazetteer) -> tuple[dict[str, str], dict[str, str]]:
    """Return code -> name, the largest first, and code -> county and council."""
    people = read_population(settings.bundle())
    latest = people[people["year"] == people["year"].max()].set_index("code")["population"]
    largest = latest.sort_values(ascending=False).index
    about = {code: county for county, codes in gazetteer.counties.items() for code in codes}
    for council, codes in gazetteer.councils.items():
        about |= {code: f"{about[code]}, {council}" for code in codes}
    return {str(code): gazetteer.name(code) for code in largest}, about


def _labels(gazetteer: Gazetteer) -> Mapping[str, str]:
    """Return everything that can be chosen, by the order in which it is offered."""
    found = {}
    for kind, known in ((COUNCIL, gazetteer.councils), (COUNTY, gazetteer.counties)):
        for name, codes in sorted(known.items()):
            key = "new_region.council" if kind == COUNCIL else "new_region.county"
            count = figure(len(codes), "municipalities")
            found[kind + name] = text(key, name=name, count=count)
    unique = {code: gazetteer.unique_name(code) for code in _municipalities(gazetteer)[0]}
    return found | dict(sorted(unique.items(), key=lambda one: one[1].casefold()))
