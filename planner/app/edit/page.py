"""Editing a scenario: its text, a form and the map, which all change the same text."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from planner.app.edit.draft import Draft, Drafts
from planner.app.edit.figures import (
    measured_draft,
    show_basis,
    show_draft_figures,
    show_draft_warnings,
)
from planner.app.edit.form import show_scenario_form
from planner.app.edit.map import show_assignment, show_event
from planner.app.edit.new import show_new
from planner.app.edit.reading import DraftReading, read_draft
from planner.app.edit.save import meet_disk, refusal, show_conflict, show_save
from planner.app.edit.text import show_text
from planner.app.shell import address, choosers, rights, settings, widgets
from planner.app.shell.language import fragment
from planner.app.shell.library import Entry, entries
from planner.errors import PlannerError
from planner.pipeline.result import Result
from planner.present.words.text import text
from planner.scenario.store import StoreError, existing_path, read_stored

# The shortcut of a button is too pale to be read by all.
# The figures stay in sight while municipalities are moved below them, where there is room.
STYLE = """
<style>
.st-key-edit-save button:not(:disabled) * { color: inherit !important; opacity: 1 !important; }
[class*="st-key-edit-figure-"] { padding: .8rem .6rem; }
@media (min-width: 1100px) and (min-height: 700px) {
  [data-testid="stLayoutWrapper"]:has(> .st-key-edit-figures) {
    position: sticky; top: 3.6rem; z-index: 50; padding: .4rem 0;
    background: BACKGROUND;
  }
  .stMain { scroll-padding-top: 250px; }
}
</style>
"""
WAYS = ("map", "form")
DRAFTS, OPENED, WAY = "edit-drafts", "edit-opened", "way"


def show() -> None:
    """Show the page."""
    st.html(STYLE.replace("BACKGROUND", widgets.background()))
    st.title(text("page.edit"))
    if rights.read_only():
        st.info(text("edit.read_only"))
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="choosers"):
        region = choosers.choose_region()
        entry = choosers.choose_scenario(
            text("app.scenario"),
            region,
            lambda offered: offered[0],
            offered=[*entries(region), *_left_without_file(region)],
            key=f"edit-scenario-{st.session_state.get(OPENED, 0)}",
        )
    if entry is None:
        return
    show_new(entry, _open)
    _show_unsaved(entry)
    try:
        draft = _draft_of(entry)
    except StoreError as error:
        st.error(refusal(error))
        return
    fragment(_show_editor)(draft)


def drafts() -> Drafts:
    """Return what this reader is editing."""
    kept: Drafts = st.session_state.setdefault(DRAFTS, Drafts())
    return kept


def _left_without_file(region: str) -> list[Entry]:
    """List unsaved drafts whose file somebody has removed: they can still be saved."""
    return [
        Entry(draft.path, draft.path.stem)
        for draft in drafts().unsaved
        if draft.path.parent.name == region and not draft.path.exists()
    ]


def _open(path: Path) -> None:
    """Show another file from now on."""
    st.session_state[OPENED] = st.session_state.get(OPENED, 0) + 1
    address.remember(scenario=f"{path.parent.name}/{path.stem}")
    st.rerun()


def _show_unsaved(entry: Entry) -> None:
    """Remind of files that the reader has left without saving."""
    others = [draft.name for draft in drafts().unsaved if draft.path != entry.path]
    if others:
        st.warning(widgets.plain(text("edit.unsaved_elsewhere", names=", ".join(others))))


def _draft_of(entry: Entry) -> Draft:
    """Return the draft of a file; begun now, unless the reader left one.

    Raises
    ------
    StoreError : the file cannot be read, or lies elsewhere.
    """
    known = drafts().get(entry.path)
    if known is not None:
        return known
    path = existing_path(settings.workspace().scenarios, entry.region, entry.path.stem)
    stored = read_stored(path)
    if stored is None:
        raise StoreError("unreadable", path.name)
    return drafts().put(Draft.opened(path, stored))


def _show_editor(draft: Draft) -> None:
    try:
        _show_draft(draft)
    except StoreError as error:
        st.error(refusal(error))
    except PlannerError as error:
        widgets.show_faults(error)


def _show_draft(draft: Draft) -> None:
    theirs = meet_disk(draft)
    reading = read_draft(draft.text, draft.path)
    result = measured_draft(draft, reading)
    _show_state(draft)
    show_save(draft, faulty=bool(reading.faults), open_file=_open)
    if theirs is not None:
        show_conflict(draft, theirs, _open)
    with st.container(key="edit-figures"):
        show_draft_figures(draft, reading, result)
    if result is not None and result.scores:
        show_basis(reading, result)
    way = _choose_way()
    if way == "map" and result is not None:
        show_assignment(draft, result, faulty=reading.scenario is None)
        st.header(text("edit.text"))
        show_text(draft, reading)
    else:
        left, right = st.columns([6, 5], gap="medium")
        with right:
            st.header(text("edit.text"))
            show_text(draft, reading)
        with left:
            show_event(draft)
            _show_form(draft, reading, result, way)
    if result is not None and result.plan is not None and not reading.faults:
        show_draft_warnings(draft, result)


def _show_state(draft: Draft) -> None:
    """Say which file this is, and whether it is saved."""
    state = text("edit.state_unsaved") if draft.unsaved else text("edit.state_saved")
    st.markdown(f"**{widgets.plain(state)}** · {widgets.plain(draft.path.name)}")


def _choose_way() -> str:
    """Let the reader choose between the map and the form."""
    st.header(text("edit.map_and_form"))
    way = st.segmented_control(
        text("edit.way_label"),
        WAYS,
        default=address.chosen(WAY, WAYS, WAYS[0]),
        format_func=lambda one: text(f"edit.by.{one}"),
        key="edit-way",
        required=True,
    )
    address.remember(**{WAY: str(way)})
    return str(way)


def _show_form(draft: Draft, reading: DraftReading, result: Result | None, way: str) -> None:
    """Show the form, which needs a text that can be read; or say why there is no map."""
    if reading.scenario is None:
        st.info(text("edit.mend_first"))
    elif way == "form":
        show_scenario_form(draft, reading.scenario, result)
    else:
        st.info(text("edit.no_map_yet"))
