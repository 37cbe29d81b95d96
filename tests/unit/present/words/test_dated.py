"""«I dag» is said of today's date only."""

from datetime import date

import pandas as pd
import pytest

from planner.present.words.dated import baseline_words, dated_title, form_words, of_years
from planner.today import VARIABLE


@pytest.fixture(autouse=True)
def _the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "2026-11-30")


@pytest.mark.parametrize("on", [None, date(2026, 11, 30)])
def test_todays_offices(on: date | None) -> None:
    assert baseline_words("today", on) == "dagens kontorer"
    assert form_words("today", on) == "dagens organisering"
    assert dated_title("Modell A", on) == "Modell A"


def test_offices_as_they_were() -> None:
    on = date(2018, 1, 1)
    assert baseline_words("today", on) == "kontorene slik de var 1. januar 2018"
    assert form_words("today", on) == "organiseringen slik den var 1. januar 2018"
    assert dated_title("Modell A", on) == "Modell A, slik det var 1. januar 2018"


def test_offices_of_a_day_to_come() -> None:
    assert baseline_words("today", date(2030, 1, 1)) == "kontorene som er kjent for 1. januar 2030"


def test_what_has_no_date_is_called_the_same_on_every_day() -> None:
    assert baseline_words("own_office", date(2018, 1, 1)) == "eget kontor i hver kommune"
    assert form_words("host_municipality", date(2018, 1, 1)) == "vertskommune"


@pytest.mark.parametrize(
    ("years", "expected"),
    [([2026, 2026], "Innbyggere (2026)"), ([2026, 2017], "Innbyggere (2017–2026)")],
)
def test_a_figure_is_called_by_its_years(years: list[int], expected: str) -> None:
    table = pd.DataFrame({"population_year": years})
    assert of_years("Innbyggere", table, "population") == expected
    assert of_years("Årsverk", table, "fte") == "Årsverk"
