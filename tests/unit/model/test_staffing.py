"""Staff that serve each municipality on a date."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from planner.io.tables.staff import read_staff
from planner.model.population import population_on
from planner.model.staffing import (
    FTE_PER_EMPLOYEE,
    NORMAL_80,
    national_rates,
    own_factors,
    staff_on,
    typical_factor,
)
from tests.support.data import DATA

GOL, HEMSEDAL, AAL, GRIMSTAD, KRAGERO, FAUSKE = "3041", "3042", "3043", "4202", "3814", "1841"
OSLO, HALDEN, AREMARK, TRAENA = "0301", "3001", "3012", "1835"


def staff(year: int) -> pd.DataFrame:
    on = date(year, 6, 1)
    return staff_on(DATA, population_on(DATA, on)["population"], on)


def test_parts_make_the_whole_everywhere() -> None:
    for year in (2012, 2018, 2026, 2040):
        table = staff(year)
        assert (table["fte"] > 0).all()
        parts = table["state_fte"] + table["municipal_fte"]
        assert parts.to_numpy() == pytest.approx(table["fte"].to_numpy())


def test_published_staff_of_the_time_go_before_the_units() -> None:
    table = staff(2018)
    assert table.loc[AAL, ["fte", "fte_year", "fte_provenance"]].tolist() == [5.8, 2017, "observed"]
    grimstad = table.loc[GRIMSTAD]
    assert (grimstad["state_fte"], grimstad["municipal_fte"]) == pytest.approx((25.3, 12.6))
    assert table.loc[KRAGERO, "fte"] == pytest.approx(23 * FTE_PER_EMPLOYEE)
    assert table.loc[KRAGERO, "fte_provenance"] == "estimated"


def test_a_joint_offices_staff_are_shared_by_inhabitants() -> None:
    table, people = staff(2018), population_on(DATA, date(2018, 1, 1))["population"]
    both = table.loc[[GOL, HEMSEDAL], "fte"]
    assert both.sum() == pytest.approx(11.5)
    assert both[GOL] / both[HEMSEDAL] == pytest.approx(people[GOL] / people[HEMSEDAL])
    assert set(table.loc[[GOL, HEMSEDAL], "fte_provenance"]) == {"estimated"}


def test_a_published_figure_holds_for_three_years() -> None:
    assert staff(2023).loc[FAUSKE, "fte_year"] == 2020
    assert staff(2024).loc[FAUSKE, "fte_year"] == 2026


def test_units_hold_in_their_own_year_and_follow_the_inhabitants_else() -> None:
    units = read_staff(DATA)
    own = units.loc[units["code"] == HALDEN, "total_fte"].item()
    now, later = staff(2026), staff(2030)
    assert now.loc[HALDEN, "fte"] == pytest.approx(own, abs=0.02)
    people = {year: population_on(DATA, date(year, 1, 1))["population"] for year in (2026, 2030)}
    assert later.loc[HALDEN, "fte"] / now.loc[HALDEN, "fte"] == pytest.approx(
        people[2030][HALDEN] / people[2026][HALDEN]
    )


def test_bands_hold_their_figure_and_are_narrower_for_a_city_of_many_units() -> None:
    table = staff(2026)
    known = table.dropna(subset=["fte_low", "fte_high"])
    assert len(known) > 330
    assert ((known["fte_low"] < known["fte"]) & (known["fte"] < known["fte_high"])).all()
    width = (known["fte_high"] - known["fte_low"]) / known["fte"]
    assert width[OSLO] < width[HALDEN]


def test_who_no_unit_serves_has_the_national_rates() -> None:
    people = population_on(DATA, date(2026, 1, 1))["population"]
    expected = sum(national_rates(DATA).values()) * people[TRAENA]
    assert staff(2026).loc[TRAENA, "fte"] == pytest.approx(expected)


def test_the_documented_figures_are_the_present_ones() -> None:
    page = (DATA.folder.parent / "docs" / "staffing.md").read_text(encoding="utf-8")
    rates = national_rates(DATA)
    assert f"{1000 * rates['state']:.3f}" in page
    assert f"{1000 * rates['municipal']:.3f}" in page
    assert f"factor {typical_factor(DATA):.2f}" in page
    assert f"{staff(2026)['fte'].sum():,.0f} FTE".replace(",", " ") in page


def test_every_municipality_has_the_factor_of_its_own_band() -> None:
    table = staff(2026)
    factors, known = own_factors(DATA, table.index), table["fte_low"].dropna().index
    own = np.exp(np.log((table["fte_high"] / table["fte_low"])[known]) / (2 * NORMAL_80))
    np.testing.assert_allclose(factors[known], own)
    assert factors[OSLO] < factors[GOL]  # fifteen offices miss less together than one
    assert factors[TRAENA] == typical_factor(DATA)  # no unit serves it
