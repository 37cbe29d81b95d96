"""The text of a scenario with line numbers, and its faults beside their lines as it is written.

Two components make it, as they make a map: the larger one holds the code and the vocabulary,
which Streamlit's message cache keeps in the browser; the smaller one carries to it the text as
the app knows it, and brings back what the reader writes.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from planner.app.browser import bundled, styles
from planner.app.edit.completion import completion
from planner.app.edit.draft import Draft
from planner.app.edit.reading import DraftReading
from planner.app.shell import settings
from planner.present.editor.words import told
from planner.present.words.text import keys, text
from planner.scenario.load import known_in

HEIGHT_PX = 560

_EDITOR = st.components.v2.component(
    "kontorplan.editor", css=styles("editor"), js=bundled("editor")
)
_WRITTEN = st.components.v2.component("kontorplan.editor_text", js=bundled("written"))


def show_text(draft: Draft, reading: DraftReading) -> None:
    """Show the text of a draft and take what the reader writes.

    Parameters
    ----------
    draft : changes while the reader writes.
    reading : of the draft's text.
    """
    key = f"edit-text-{draft.name}"
    with st.container(gap=None):
        _EDITOR(key=f"{key}-editor", data=_fixed(draft, key))
        _WRITTEN(
            key=key,
            data=_changing(draft, reading, key),
            on_edit_change=lambda: draft.take(st.session_state[key].edit),
        )


def _fixed(draft: Draft, key: str) -> dict[str, Any]:
    return {
        "editor": key,
        "height_px": HEIGHT_PX,
        "texts": {"label": text("edit.text_label"), "keys": text("edit.text_keys")},
        "phrases": _phrases(),
        **completion(draft.path, known_in(settings.bundle())),
    }


def _phrases() -> dict[str, str]:
    """Return what CodeMirror says, by its English words."""
    said = (key.removeprefix("edit.said.") for key in keys() if key.startswith("edit.said."))
    return {words: text(f"edit.said.{words}") for words in said}


def _changing(draft: Draft, reading: DraftReading, key: str) -> dict[str, Any]:
    faults = [told(fault, draft.path) for fault in reading.faults]
    return {
        "editor": key,
        "file": draft.name,
        "born": draft.born,
        "text": draft.text,
        "saved": draft.saved.text,
        "base": draft.saved.version,
        "revision": draft.revision,
        "taken": draft.taken,
        "faults": [one._asdict() for one in faults],
        "status": _status(len(faults)),
    }


def _status(faults: int) -> str:
    if not faults:
        return text("edit.no_faults")
    return text("edit.one_fault") if faults == 1 else text("edit.faults", number=faults)
