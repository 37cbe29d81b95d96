"""The text of a scenario with line numbers, and its faults beside their lines as it is written."""

from __future__ import annotations

from importlib import resources

import streamlit as st

from planner.app.edit.draft import Draft
from planner.app.edit.reading import Reading
from planner.present.editor.words import told
from planner.present.words.text import text

HEIGHT_PX = 560


def _file(name: str) -> str:
    return (
        resources.files("planner.app.browser").joinpath("editor", name).read_text(encoding="utf-8")
    )


_EDITOR = st.components.v2.component(
    "kontorplan.editor", css=_file("editor.css"), js=_file("editor.js")
)


def show_text(draft: Draft, reading: Reading) -> None:
    """Show the text of a draft and take what the reader writes.

    Parameters
    ----------
    draft : changes while the reader writes.
    reading : of the draft's text.
    """
    faults = [told(fault, draft.path) for fault in reading.faults]
    key = f"edit-text-{draft.name}"
    _EDITOR(
        key=key,
        data={
            "file": draft.name,
            "born": draft.born,
            "text": draft.text,
            "saved": draft.saved.text,
            "base": draft.saved.version,
            "revision": draft.revision,
            "taken": draft.taken,
            "faults": [one._asdict() for one in faults],
            "height_px": HEIGHT_PX,
            "texts": {
                "label": text("edit.text_label"),
                "keys": text("edit.text_keys"),
                "status": _status(len(faults)),
            },
        },
        on_edit_change=lambda: draft.take(st.session_state[key].edit),
    )


def _status(faults: int) -> str:
    if not faults:
        return text("edit.no_faults")
    return text("edit.one_fault") if faults == 1 else text("edit.faults", number=faults)
