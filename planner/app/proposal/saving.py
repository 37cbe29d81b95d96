"""Keeping a plan or a request: as a file beside the other scenarios, or to take home."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

import streamlit as st

from planner.app.proposal.base import Base
from planner.app.shell.links import link_to
from planner.app.shell.rights import read_only
from planner.app.shell.settings import workspace
from planner.app.shell.widgets import plain, show_faults
from planner.errors import ScenarioError
from planner.present.words.text import text
from planner.scenario.store import ENDING, StoreError, save_scenario, scenario_path

_MOST_TITLE = 300
_MOST_NAME = 60

#: What a file may hold -> its text, given its title.
Texts = Mapping[str, Callable[[str], str]]


def show_saving(base: Base, region: str, texts: Texts, *, key: str) -> None:
    """Let the reader download a scenario, and save it where that is allowed.

    Parameters
    ----------
    base : the scenario whose figures it takes over.
    region : folder that it is saved in.
    texts : ``plan``, ``request`` or both -> what writes it.
    key : of the controls.
    """
    title = st.text_input(
        text("proposal.save_title"),
        text("proposal.new_title", title=base.title)[:_MOST_TITLE],
        max_chars=_MOST_TITLE,
        key=f"{key}-title",
    )
    kinds = list(texts)
    kind = kinds[0]
    if len(kinds) > 1:
        kind = st.radio(
            text("proposal.save_what"),
            kinds,
            format_func=lambda one: text(f"proposal.saved_kind.{one}"),
            key=f"{key}-kind",
        )
    if not title.strip():
        return
    written = texts[kind](title.strip())
    try:
        base.checked(written)
    except ScenarioError as error:
        show_faults(error)
        return
    name = st.text_input(
        text("proposal.save_name"),
        file_name(title),
        help=text("proposal.save_name_help"),
        key=f"{key}-name-{file_name(title)}",
    )
    with st.container(horizontal=True):
        st.download_button(
            text("proposal.download"),
            written.encode("utf-8"),
            file_name=f"{file_name(name)}{ENDING}",
            mime="application/yaml",
            key=f"{key}-download",
            on_click="ignore",
        )
        if not read_only() and st.button(text("proposal.save_button"), key=f"{key}-save"):
            st.session_state[f"{key}-saved"] = _save(region, name, written)
    saved = st.session_state.get(f"{key}-saved", "")
    if saved == f"{region}/{name}":
        st.success(plain(text("proposal.saved", name=saved)))
        link_to("scenario", text("proposal.open_scenario"), region=region, scenario=saved)
        link_to("edit", text("proposal.open_edit"), region=region, scenario=saved)


def file_name(title: str) -> str:
    """Return a name for a file that says what a title says, in letters that every system knows."""
    words = unicodedata.normalize("NFC", title.lower())
    name = re.sub(r"[^0-9a-zæøå]+", "-", words).strip("-")
    return name[:_MOST_NAME].strip("-") or "forslag"


def _save(region: str, name: str, written: str) -> str:
    """Save a new file and return the scenario's name; or say what is wrong, and return nothing."""
    try:
        path = scenario_path(workspace().scenarios, region, name)
        save_scenario(path, written, read=None)
    except StoreError as error:
        st.error(plain(text("proposal.not_saved", reason=text(f"proposal.store.{error.reason}"))))
        return ""
    return f"{region}/{path.stem}"
