"""Data and method."""

import pytest

from planner.present.words.text import LANGUAGES
from tests.app.test_pages import box, opened


def test_coverage_tables_and_licences() -> None:
    app = opened("data")
    assert not app.exception
    assert app.title[0].value == "Data og metode"
    assert "Haram" in app.info[0].value
    frames = [one.value for one in app.dataframe]
    assert "sources.csv" not in set(frames[1]["Fil"])
    assert {"links.csv", "boundaries.parquet"} <= set(frames[1]["Fil"])
    assert "sick_leave_share" in set(frames[2]["Nøkkel"])
    assert any("Creative Commons" in one.value for one in app.code)


def test_choosing_a_figure_and_a_family() -> None:
    app = opened("data", figure="visits", family="../../etc")
    assert box(app, "Tall").value == "visits"
    assert box(app, "Tema").value == "structure"
    box(app, "Tema").select("risk").run()
    assert not app.exception
    assert any("risk." in key for key in app.dataframe[3].value["Nøkkel"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language(language: str) -> None:
    app = opened("data", lang=language)
    assert not app.exception
