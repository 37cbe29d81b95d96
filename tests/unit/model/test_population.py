"""Inhabitants on a date."""

from datetime import date

import pytest

from planner.model.population import population_on
from tests.support.data import DATA

ETNEDAL = "3450"


@pytest.mark.parametrize(
    ("on", "people", "nation"),
    [
        (date(2026, 11, 30), 1593, 5_627_400),
        (date(2022, 1, 1), 1256, 5_425_270),
        (date(2018, 12, 31), 1352, 5_295_619),
    ],
)
def test_the_years_own_count(on: date, people: int, nation: int) -> None:
    table = population_on(DATA, on)
    assert table.loc[ETNEDAL, "population"] == people
    assert table["population"].sum() == nation
    assert set(table["population_year"]) == {on.year}
    assert table.loc[ETNEDAL, "population_provenance"] == "observed"


def test_parts_of_former_municipalities_are_estimated() -> None:
    assert (population_on(DATA, date(2018, 1, 1))["population_provenance"] == "estimated").any()
    assert set(population_on(DATA, date(2022, 1, 1))["population_provenance"]) == {"observed"}


def test_before_the_first_count_the_first_holds() -> None:
    assert set(population_on(DATA, date(2001, 1, 1))["population_year"]) == {2010}


def test_after_the_last_count_the_projection_holds_linear_between_its_years() -> None:
    table = {year: population_on(DATA, date(year, 1, 1)) for year in (2026, 2028, 2030)}
    assert table[2030]["population"].sum() == 5_744_565
    middle = (table[2026]["population"] + table[2030]["population"]) / 2
    assert (table[2028]["population"] - middle).abs().max() <= 0.5
    assert set(table[2028]["population_provenance"]) == {"modelled"}
    assert set(table[2028]["population_year"]) == {2028}


def test_after_the_last_projection_that_one_holds() -> None:
    late, last = (population_on(DATA, date(year, 1, 1)) for year in (2080, 2050))
    assert late.equals(last)
    assert set(late["population_year"]) == {2050}
