"""What the address of a page says: the whole state of a view, checked on the way in.

A choice is looked for in the address, then in the session, which remembers it when the reader
goes to another page; what is not offered is passed over.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

SEPARATOR = ","
MOST_LETTERS = 4000  # no choice of ours is longer; browsers cut addresses soon after


def chosen(key: str, offered: Sequence[str], default: str) -> str:
    """Return the choice that the address or the session holds under a key, if it is offered."""
    for asked in _asked(key):
        if asked in offered:
            return asked
    return default


def chosen_many(key: str, offered: Sequence[str], default: Sequence[str]) -> list[str]:
    """Return the choices held under a key that are offered, each once; the default if none is."""
    for asked in _asked(key):
        named = asked[:MOST_LETTERS].split(SEPARATOR)
        found = [one for one in dict.fromkeys(named) if one in offered]
        if found:
            return found
    return list(default)


def remember(**choices: str | Sequence[str] | float) -> None:
    """Write choices into the address and the session, so that they can be shared and kept."""
    for key, choice in choices.items():
        written = _written(choice)
        _remembered()[key] = written
        if st.query_params.get(key) != written:
            st.query_params[key] = written


def forget(key: str) -> None:
    """Take a choice out of the address and the session."""
    _remembered().pop(key, None)
    if key in st.query_params:
        del st.query_params[key]


def _asked(key: str) -> list[str]:
    found = (st.query_params.get(key), _remembered().get(key))
    return [one for one in found if one is not None]


def _written(choice: str | Sequence[str] | float) -> str:
    if isinstance(choice, str):
        return choice
    return f"{choice:g}" if isinstance(choice, int | float) else SEPARATOR.join(choice)


def _remembered() -> dict[str, str]:
    remembered: dict[str, str] = st.session_state.setdefault("address", {})
    return remembered
