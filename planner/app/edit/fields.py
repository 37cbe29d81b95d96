"""The fields of a form that stands beside a scenario's text, and writes into it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from planner.app.edit.draft import Draft, Event
from planner.app.proposal.request_form import Binding, Said
from planner.present.words.text import text
from planner.scenario.edit import EditKeys, with_values
from planner.yamlfile.rewrite import RewriteError


class FormFields(Binding):
    """Fields that show what a text says, and write what the reader says instead into it."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def hold(self, name: str, value: object, said: Said) -> dict[str, Any]:
        """Return the key and callback of a field; the text may have been changed elsewhere."""
        key = f"edit-field-{name}"
        st.session_state[key] = value
        return {"key": key, "on_change": lambda: self.write(said(st.session_state[key]))}

    def write(self, values: Mapping[EditKeys, object]) -> None:
        """Write values into the text."""
        try:
            changed = with_values(self._draft.text, values)
        except RewriteError:
            self._draft.event = Event(lambda: text("edit.unwritable"), refused=True)
        else:
            self._draft.change(changed)
