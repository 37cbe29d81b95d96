"""The page Tilgjengelighet: what works for whom, what does not, and whom to tell."""

from __future__ import annotations

import streamlit as st

from planner.app.shell.settings import contact, statement_address
from planner.app.shell.widgets import plain
from planner.present.words.text import text

PARTS = ("tested", "works")
LACKS = ("tables", "chart", "languages")


def show() -> None:
    """Show the page."""
    st.title(text("page.accessibility"), anchor=False)
    for part in PARTS:
        st.header(text(f"accessibility.{part}_heading"), anchor=False)
        st.markdown(text(f"accessibility.{part}"))
    st.header(text("accessibility.lacks_heading"), anchor=False)
    st.markdown("\n".join(f"- {text(f'accessibility.{one}')}" for one in LACKS))
    st.header(text("accessibility.tell_heading"), anchor=False)
    mail, address = contact(), statement_address()
    link = f"[{plain(mail)}](mailto:{mail})"
    st.markdown(text("accessibility.tell", mail=link) if mail else text("accessibility.tell_owner"))
    st.markdown(
        text("accessibility.statement", address=address)
        if address
        else text("accessibility.no_statement")
    )
