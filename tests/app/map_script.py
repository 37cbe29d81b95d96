"""A page of maps for `test_map.py`: two linked ones, the first of which can be picked from."""

import streamlit as st

from planner.app.shell.map_view import show_drawing
from planner.present.maps.thematic import category_drawing

HALLINGDAL = ("3039", "3040", "3041", "3042", "3043", "3044")
SETESDAL = ("4220", "4221", "4222")
HOSTILE = "<script>window.taken=1</script><img src=x onerror='window.taken=1'>"

codes = st.radio("Område", (HALLINGDAL, SETESDAL), format_func=lambda one: one[0])
label = st.radio("Farge", ("a", "b"))
drawing = category_drawing(
    codes,
    dict.fromkeys(codes, label),
    {"a": "Første", "b": "Andre"},
    {code: f"{code} {HOSTILE}\n{HOSTILE}" for code in codes},
)
selected = st.session_state.get("selected", ())
left, right = st.columns(2)
with left:
    picked = show_drawing(drawing, key="left", link="both", pick="many", selected=selected)
with right:
    show_drawing(drawing, key="right", link="both")
if picked is not None:
    st.session_state["selected"] = picked
    st.session_state["answers"] = st.session_state.get("answers", 0) + 1
st.text(f"Valgt {st.session_state.get('answers', 0)}: {' '.join(sorted(picked or ()))}")
