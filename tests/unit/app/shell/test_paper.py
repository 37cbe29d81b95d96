"""The corners of printed sheets; that they are printed is seen in the browser."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from planner.app.shell.paper import MOST_ADDRESS

SCRIPT = """
from planner.app.shell.paper import describe_sheets, frame_sheets
describe_sheets({title!r}, region={region!r})
frame_sheets("another page")
"""


def style_of(title: str, region: str = "hallingdal") -> str:
    app = AppTest.from_string(SCRIPT.format(title=title, region=region)).run()
    assert not app.exception
    return str(app.get("html")[0].proto.body)


def test_a_sheet_has_title_address_sender_and_number() -> None:
    style = style_of("Hol")
    assert "NAV – Hol" in style
    assert "region=hallingdal" in style
    assert "Kontorplan" in style
    assert "counter(page)" in style


def test_titles_cannot_end_the_string_or_the_sheet() -> None:
    style = style_of('</style>"; } \\ <script>')
    assert style.count("</style>") == 1
    assert "<script>" not in style
    assert '"; }' not in style


def test_a_choice_without_room_is_left_out_and_never_cut() -> None:
    assert "xx" in style_of("Hol", "x" * (MOST_ADDRESS // 2))
    assert "xx" not in style_of("Hol", "x" * MOST_ADDRESS)


def test_a_page_that_says_nothing_has_its_name() -> None:
    script = "from planner.app.shell.paper import frame_sheets\nframe_sheets('Data')"
    app = AppTest.from_string(script)
    app.query_params["region"] = "hallingdal"
    style = str(app.run().get("html")[0].proto.body)
    assert "NAV – Data" in style
    assert "region=hallingdal" in style
