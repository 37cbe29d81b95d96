"""Saving a scenario: refused where nothing may be changed, and never over what others wrote."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pandas as pd
import streamlit as st

from planner.app.edit.draft import Draft, Event
from planner.app.shell import rights, settings, widgets
from planner.present.editor.words import moment, text_differences
from planner.present.words.text import text
from planner.scenario.store import (
    ChangedError,
    Kept,
    Stored,
    StoreError,
    earlier_versions,
    read_stored,
    save_scenario,
    scenario_path,
)

Open = Callable[[Path], None]


def save(path: Path, words: str, *, read: str | None) -> Stored:
    """Write a scenario file, unless the app was started for reading only.

    Raises
    ------
    StoreError, ChangedError : as `planner.scenario.store.save_scenario`.
    """
    if rights.read_only():
        raise StoreError("unwritable", path.name)
    return save_scenario(path, words, read=read)


def save_new(region: str, name: str, words: str) -> Path:
    """Write a new file into a region's folder, and return where it is.

    Raises
    ------
    StoreError : the name is none, or is taken.
    """
    path = scenario_path(settings.workspace().scenarios, region, name)
    save(path, words, read=None)
    return path


def show_save(draft: Draft, *, faulty: bool, open_file: Open) -> None:
    """Show what saves, undoes and brings back.

    Parameters
    ----------
    draft : of the file.
    faulty : the text has faults; it is saved only by one who says so.
    open_file : called with a new file that the reader saved into.
    """
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if faulty:
            with st.popover(text("edit.save_faulty"), disabled=not draft.unsaved, type="primary"):
                st.text(text("edit.save_faulty_help"))
                pressed = st.button(text("edit.save_anyway"))
        else:
            pressed = st.button(
                text("edit.save"),
                type="primary",
                disabled=not draft.unsaved,
                key="edit-save",
                shortcut="Ctrl+S",
            )
        if pressed:
            _save(draft, draft.saved.version)
        with st.popover(text("edit.save_as")):
            _show_save_as(draft, "save-as", open_file)
        st.download_button(
            text("edit.download"),
            draft.text,
            draft.path.name,
            "application/yaml",
            on_click="ignore",
        )
        with st.popover(text("edit.versions")):
            _show_versions(draft)


def meet_disk(draft: Draft) -> Stored | None:
    """Take in what has happened to the file meanwhile.

    Returns
    -------
    The file, where others have changed it and the reader as well, so that the reader must
    choose; None where there is nothing to choose.
    """
    disk = read_stored(draft.path)
    if disk is None or disk.version == draft.saved.version:
        return None
    if disk.text == draft.text:
        draft.saved = disk
        return None
    if draft.unsaved:
        return disk
    draft.change(disk.text, Event(lambda: text("edit.reloaded")))
    draft.saved = disk
    return None


def show_conflict(draft: Draft, theirs: Stored, open_file: Open) -> None:
    """Show how the file on disk differs from the reader's text, and let the reader choose."""
    with st.container(border=True):
        st.header(text("edit.conflict"))
        st.warning(text("edit.conflict_help"))
        rows = text_differences(theirs.text, draft.text)
        headings = [text(f"edit.difference.{name}") for name in ("whose", "line", "text")]
        st.dataframe(pd.DataFrame(rows, columns=headings), hide_index=True)
        with st.container(horizontal=True):
            keep = st.button(text("edit.keep_mine"), help=text("edit.keep_mine_help"))
            take = st.button(text("edit.take_theirs"), help=text("edit.take_theirs_help"))
            with st.popover(text("edit.save_as")):
                _show_save_as(draft, "conflict-save-as", open_file)
        if keep:
            _save(draft, theirs.version)
        if take:
            draft.change(theirs.text, Event(lambda: text("edit.reloaded")))
            draft.saved = theirs
            st.rerun()


def refusal(error: StoreError) -> str:
    """Word why a file was not written."""
    return text(f"edit.refused.{error.reason}")


def _save(draft: Draft, read: str) -> None:
    gone = not draft.path.exists()
    try:
        draft.saved = save(draft.path, draft.text, read=None if gone else read)
    except StoreError as error:
        st.error(refusal(error))
        return
    except ChangedError:
        pass  # the page shows the difference
    else:
        draft.event = Event(lambda: text("edit.saved"))
    st.rerun()


def _show_save_as(draft: Draft, key: str, open_file: Open) -> None:
    with st.form(key, border=False):
        name = st.text_input(text("edit.file_name"), help=text("edit.file_name_help"))
        if not st.form_submit_button(text("edit.save_named")):
            return
    try:
        path = save_new(draft.path.parent.name, name.strip(), draft.text)
    except StoreError as error:
        st.error(refusal(error))
        return
    draft.change(draft.saved.text)  # what was meant for the new file is not meant for this one
    open_file(path)


def _show_versions(draft: Draft) -> None:
    """List earlier versions; one that is brought back is saved only when the reader saves it."""
    kept = earlier_versions(draft.path)
    if not kept:
        st.text(text("edit.no_versions"))
        return
    chosen: Kept = st.selectbox(
        text("edit.version"), kept, format_func=lambda one: moment(one.replaced_at.astimezone())
    )
    stored, when = read_stored(chosen.path), moment(chosen.replaced_at.astimezone())
    if stored is None:
        return
    rows = text_differences(stored.text, draft.text)
    widgets.note(text("edit.version_lines", number=len(rows)))
    st.download_button(
        text("edit.download_version"),
        stored.text,
        f"{draft.path.stem}.{datetime.strftime(chosen.replaced_at, '%Y%m%d-%H%M%S')}.yaml",
        "application/yaml",
        on_click="ignore",
    )
    st.button(
        text("edit.restore"),
        on_click=_restore,
        args=(draft, stored.text, when),
    )


def _restore(draft: Draft, words: str, when: str) -> None:
    draft.change(words, Event(lambda: text("edit.brought_back", when=when)))
