"""What the address of the page says, checked on the way in: region and scenarios."""

from __future__ import annotations

import streamlit as st


def chosen(key: str, offered: list[str], default: str) -> str:
    """Return what the address asks for under a key, if it is offered; else the default."""
    asked = st.query_params.get(key, default)
    return asked if asked in offered else default


def remember(**choices: str) -> None:
    """Write choices into the address, so that it can be shared and reloaded."""
    for key, value in choices.items():
        if st.query_params.get(key) != value:
            st.query_params[key] = value
