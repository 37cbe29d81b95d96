"""Inhabitants by year, counted and projected, and employed persons."""

from pathlib import Path

import pytest

from planner.errors import DataError
from planner.io.tables.commuting import read_employment
from planner.io.tables.municipalities import read_municipalities
from planner.io.tables.population import read_population, read_projection
from tests.support.data import DATA
from tests.support.spoilt import spoilt

# Statistics Norway, table 07459, 1 January 2022, added up to the counties of 2024.
POPULATION_BY_COUNTY = {
    "Agder": 311134, "Akershus": 701565, "Buskerud": 262911, "Finnmark": 74129,
    "Innlandet": 371253, "Møre og Romsdal": 265848, "Nordland": 240190, "Oslo": 699827,
    "Rogaland": 485797, "Telemark": 173970, "Troms": 167607, "Trøndelag": 474131,
    "Vestfold": 250862, "Vestland": 641292, "Østfold": 304754,
}  # fmt: skip
#: Table 07459, the country on 1 January.
NATION = {2010: 4858199, 2012: 4985870, 2018: 5295619, 2022: 5425270, 2026: 5627400}
#: Table 14288, round of 2024, main alternative.
PROJECTED = {2030: 5744565, 2035: 5869377, 2040: 5976950, 2050: 6114899}


def test_municipalities_add_up_to_the_nation() -> None:
    sums = read_population(DATA).groupby("year")["population"].sum()
    assert {year: sums[year] for year in NATION} == NATION
    projected = read_projection(DATA).groupby("year")["population"].sum()
    assert projected.to_dict() == PROJECTED


def test_municipalities_add_up_to_counties() -> None:
    table = read_population(DATA)
    counties = table["code"].map(read_municipalities(DATA)["county"])
    of_2022 = table[table["year"] == 2022].groupby(counties)["population"].sum()
    assert of_2022.to_dict() == POPULATION_BY_COUNTY


def test_everybody_employed_has_a_job() -> None:
    table = read_employment(DATA)
    assert table["employed_residents"].sum() == table["jobs"].sum() == 2_809_789


@pytest.mark.parametrize(
    ("table", "old", "new", "message"),
    [
        ("population.csv", "3450,2022,1256", "3450,2022,0", "population: got 0, expected a number"),
        ("population.csv", "3450,2022,1256", "3451,2022,1256", "stands more than once"),
        ("population.csv", "3450,2022,1256", "3999,2022,1256", "missing or strange: .*3999"),
        ("projection.csv", "3450,2030,1514", "3450,2030,mange", "population: got 'mange'"),
        ("employment.csv", "0301,397199,528121,327755", "0301,397199,528121,397200", "within"),
        ("employment.csv", "0301,397199", "0309,397199", "missing or strange: .*0309"),
    ],
)
def test_faulty_tables(tmp_path: Path, table: str, old: str, new: str, message: str) -> None:
    bundle = spoilt(tmp_path / "data", table, old, new)
    reader = {
        "population.csv": read_population,
        "projection.csv": read_projection,
        "employment.csv": read_employment,
    }[table]
    with pytest.raises(DataError, match=message):
        reader(bundle)
