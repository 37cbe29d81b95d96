"""What the address of a page says: the whole state of a view, checked on the way in.

A choice is looked for in the address, then in the session, which remembers it when the reader
goes to another page; what is not offered is passed over, and `gone` tells of it.

Streamlit adds an entry to the browser's history for every choice that is written. That would leave
a reader who goes back where they are, so the browser (`planner.app.shell.language`) lets choices
take the place of the address that stands there, and only another page is a step in history. What
the first run chooses is written by the browser at once, since it comes before that rule does.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

SEPARATOR = ","
MOST_LETTERS = 4000  # no choice of ours is longer; browsers cut addresses soon after
OPENED = "address_opened"
GONE = "address_gone"


def begin() -> None:
    """Note what the address said when the reader came, and leave the first run's to `first`."""
    if OPENED not in st.session_state:
        st.session_state[OPENED] = {"before": urlencode(st.query_params.to_dict()), "after": None}


def first() -> dict[str, str]:
    """Return what the address said ``before`` the first run, and says ``after`` it."""
    opened: dict[str, str] = st.session_state[OPENED]
    if _in_first_run():
        opened["after"] = urlencode({**st.query_params.to_dict(), **_remembered()})
    return opened


def asked(key: str) -> str:
    """Return what the address itself says under a key; empty if nothing."""
    return str(st.query_params.get(key, ""))[:MOST_LETTERS]


def of_page() -> str:
    """Return the whole address of the page that the reader sees; empty if it is not known."""
    choices = urlencode({**_remembered(), **st.query_params.to_dict()})
    return f"{st.context.url}?{choices}" if st.context.url else ""


def chosen(key: str, offered: Sequence[str], default: str) -> str:
    """Return the choice that the address or the session holds under a key, if it is offered."""
    return next((one for one in _asked(key) if one in offered), default)


def chosen_many(key: str, offered: Sequence[str], default: Sequence[str]) -> list[str]:
    """Return the choices held under a key that are offered, each once; the default if none is."""
    for held in _asked(key):
        named = held[:MOST_LETTERS].split(SEPARATOR)
        found = [one for one in dict.fromkeys(named) if one in offered]
        if found:
            return found
    return list(default)


def gone(key: str, shown: str, *, missing: bool) -> str:
    """Return what the address asked for and what is not there, while its stand-in is shown.

    Parameters
    ----------
    key : of the choice.
    shown : what is shown instead; the answer is empty once the reader has chosen something else.
    missing : whether what the address asks for now is not there.
    """
    kept: dict[str, tuple[str, str]] = st.session_state.setdefault(GONE, {})
    if missing:
        kept[key] = (asked(key), shown)
    elif key in kept and kept[key][1] != shown:
        del kept[key]
    return kept[key][0] if key in kept else ""


def remember(**choices: str | Sequence[str] | float) -> None:
    """Write choices into the address and the session, so that they can be shared and kept."""
    for key, choice in choices.items():
        written = _written(choice)
        _remembered()[key] = written
        if not _in_first_run() and st.query_params.get(key) != written:
            st.query_params[key] = written


def forget(key: str) -> None:
    """Take a choice out of the address and the session."""
    _remembered().pop(key, None)
    if key in st.query_params:
        del st.query_params[key]


def _in_first_run() -> bool:
    return OPENED in st.session_state and st.session_state[OPENED]["after"] is None


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
