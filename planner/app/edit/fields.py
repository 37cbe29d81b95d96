"""The fields of a form that stands beside a scenario's text, and writes into it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from planner.app.edit.draft import Draft, Event
from planner.present.words.text import text
from planner.scenario.edit import Keys, with_values
from planner.yamlfile.rewrite import RewriteError


class Fields:
    """Fields that show what a text says, and write what the reader says instead into it."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def bind(
        self, keys: Keys, value: object, read: Callable[[Any], object] = lambda x: x
    ) -> dict[str, Any]:
        """Return the key and callback of a field.

        Parameters
        ----------
        keys : of the value in the file.
        value : what the field shows; the text may have been changed elsewhere.
        read : turns what the field holds into a value of the file; None removes the key.
        """
        name = f"edit-field-{'.'.join(keys)}"
        st.session_state[name] = value
        return {"key": name, "on_change": lambda: self.write({keys: read(st.session_state[name])})}

    def write(self, values: dict[Keys, object]) -> None:
        """Write values into the text."""
        try:
            changed = with_values(self._draft.text, values)
        except RewriteError:
            self._draft.event = Event(lambda: text("edit.unwritable"), refused=True)
        else:
            self._draft.change(changed)
