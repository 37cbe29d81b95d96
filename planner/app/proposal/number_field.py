"""A field for a number that takes 0,7 and 0.7 alike, and can be emptied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from planner.app.shell.widgets import plain
from planner.present.words.read_number import read_number, write_number
from planner.present.words.text import text


@dataclass(frozen=True)
class NumberField:
    """A field for a number.

    Attributes
    ----------
    least, most : what may be written.
    whole : whether it is counted.
    """

    least: float = 0.0
    most: float = float("inf")
    whole: bool = False

    def read(self, held: str, before: float | None) -> float | None:
        """Return what the field says, None where it is empty; `before` where it says no number."""
        number = self._number(held)
        return before if isinstance(number, str) else number

    def show(
        self, label: str, before: float | None, bound: dict[str, Any], *, placeholder: str
    ) -> float | None:
        """Show the field, and what is wrong with what it holds; return what it says.

        Parameters
        ----------
        label : over the field.
        before : the number that holds as long as the field says none that may be written.
        bound : key and callback of the field, which holds a text.
        placeholder : in the empty field.
        """
        held = st.text_input(label, placeholder=placeholder, **bound)
        number = self._number(held)
        if not isinstance(number, str):
            return number
        st.markdown(f":red[{plain(number)}]")
        return before

    def _number(self, held: str) -> float | str | None:
        """Return the number, None for an empty field, or what is wrong."""
        try:
            number = read_number(held, whole=self.whole)
        except ValueError:
            return text("number.whole" if self.whole else "number.none", example=write_number(0.7))
        if number is None:
            return None
        if not self.least <= number <= self.most:
            ends = {"least": write_number(self.least), "most": write_number(self.most)}
            return text("number.outside", **ends)
        return int(number) if self.whole else number
