from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from planner.errors import DataError
from planner.io.bundle import Bundle, seal
from planner.io.tables.municipalities import read_municipalities
from planner.io.tables.offices import read_office_members, read_offices
from planner.model.staffing import (
    fit_staff_formula,
    leave_one_out,
    staff_by_municipality,
    staff_formula,
)
from tests.support.data import DATA

ON = date(2018, 1, 1)
GOL, HEMSEDAL, AAL, FAUSKE = "3041", "3042", "3043", "1841"


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return DATA


@pytest.fixture(scope="module")
def municipalities(bundle: Bundle) -> pd.DataFrame:
    return read_municipalities(bundle)


def points(fte: list[float]) -> pd.DataFrame:
    index = pd.Index(["a", "b", "c", "d"], name="office")
    return pd.DataFrame({"population": [1000.0, 2000.0, 4000.0, 8000.0], "fte": fte}, index=index)


def test_a_power_law_is_found_again() -> None:
    formula = fit_staff_formula(points([2.0, 4.0, 8.0, 16.0]))
    assert formula.coefficient == pytest.approx(0.002)
    assert formula.exponent == pytest.approx(1)
    assert formula.r2 == pytest.approx(1)
    assert formula.residual_factor == pytest.approx(1)


def test_fit_and_its_measures_by_hand() -> None:
    # log2(fte) = 1, 3, 3, 5 at log2(population / 1000) = 0..3: slope 1.2, intercept 1.2,
    # residuals -0.2, 0.6, -0.6, 0.2 with square sum 0.8; total 8.
    formula = fit_staff_formula(points([2.0, 8.0, 8.0, 32.0]))
    assert formula.exponent == pytest.approx(1.2)
    assert formula.r2 == pytest.approx(0.9)
    assert np.log2(formula.residual_factor) == pytest.approx(np.sqrt(0.8 / 2))
    estimate = formula.fte(pd.Series({"x": 1000.0}))
    assert np.log2(estimate["x"]) == pytest.approx(1.2)


def test_never_below_one_fte() -> None:
    formula = fit_staff_formula(points([2.0, 4.0, 8.0, 16.0]))
    estimates = formula.fte(pd.Series({"small": 200, "large": 10_000}))
    assert dict(estimates) == pytest.approx({"small": 1.0, "large": 20.0})


def test_leave_one_out_ignores_the_office_itself() -> None:
    ratios = leave_one_out(points([2.0, 4.0, 8.0, 32.0]))
    assert ratios["d"] == pytest.approx(0.5)  # the other three say 16
    assert ratios["a"] != pytest.approx(1)


def test_formula_uses_every_office_with_published_staff(bundle: Bundle) -> None:
    offices = read_offices(bundle)
    published = offices[offices["fte"].notna() | offices["employees"].notna()]
    formula = staff_formula(bundle)
    assert list(formula.points.index) == list(published.index)
    assert formula.points.loc["gol-hemsedal", "fte"] == 11.5
    # 34 employees have 30.35 FTE where Hallingdal's report gives both
    assert formula.points.loc["fauske", "fte"] == pytest.approx(23 * 30.35 / 34)


def test_joint_figure_stands_at_the_host_once(bundle: Bundle, municipalities: pd.DataFrame) -> None:
    staff = staff_by_municipality(bundle, municipalities, on=ON)
    assert list(staff.index) == list(municipalities.index)
    assert dict(staff.loc[[GOL, HEMSEDAL, AAL], "fte"]) == {GOL: 11.5, HEMSEDAL: 0.0, AAL: 5.8}
    assert set(staff.loc[[GOL, HEMSEDAL, AAL], "fte_provenance"]) == {"observed"}


def test_hemsedal_alone_still_has_its_staff_in_gol(
    bundle: Bundle, municipalities: pd.DataFrame
) -> None:
    staff = staff_by_municipality(bundle, municipalities.loc[[HEMSEDAL]], on=ON)
    assert staff.loc[HEMSEDAL, "fte"] == 0.0


def test_published_figures_are_counted_exactly_once(
    bundle: Bundle, municipalities: pd.DataFrame
) -> None:
    staff = staff_by_municipality(bundle, municipalities, on=date(2022, 1, 1))
    points = staff_formula(bundle).points
    members = read_office_members(bundle)
    covered = members.loc[members["office"].isin(points.index), "code"].unique()
    assert staff.loc[covered, "fte"].sum() == pytest.approx(points["fte"].sum())
    others = municipalities.drop(index=covered)["population"]
    pd.testing.assert_series_equal(
        staff.loc[others.index, "fte"], staff_formula(bundle).fte(others), check_names=False
    )


def test_employees_only_is_marked_estimated(bundle: Bundle, municipalities: pd.DataFrame) -> None:
    before, after = (
        staff_by_municipality(bundle, municipalities, on=on).loc[FAUSKE]
        for on in (date(2020, 1, 1), date(2022, 1, 1))
    )
    assert before["fte_provenance"] == "estimated"
    assert before["fte"] == after["fte"] == pytest.approx(23 * 30.35 / 34)


def test_before_an_office_was_founded_its_figure_does_not_hold(
    bundle: Bundle, municipalities: pd.DataFrame
) -> None:
    staff = staff_by_municipality(bundle, municipalities, on=date(2012, 1, 1))
    assert staff.loc[HEMSEDAL, "fte"] > 0
    assert staff.loc[GOL, "fte_provenance"] == "estimated"


def test_a_newer_figure_replaces_the_older_whole(
    tmp_path: Path, municipalities: pd.DataFrame
) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA.folder, folder)
    with (folder / "offices.csv").open("a", encoding="utf-8") as table:
        table.write("hemsedal,NAV Hemsedal,3042,2015-01-01,,3,,,3,2016,2442,,observed,a test\n")
    with (folder / "office_members.csv").open("a", encoding="utf-8") as table:
        table.write("hemsedal,3042,host,,a test\n")
    seal(folder)
    staff = staff_by_municipality(Bundle(folder), municipalities, on=ON)
    assert staff.loc[HEMSEDAL, "fte"] == 3.0
    assert staff.loc[GOL, "fte_provenance"] == "estimated"
    earlier = staff_by_municipality(Bundle(folder), municipalities, on=date(2014, 1, 1))
    assert dict(earlier.loc[[GOL, HEMSEDAL], "fte"]) == {GOL: 11.5, HEMSEDAL: 0.0}


def test_estimates_follow_the_given_population(
    bundle: Bundle, municipalities: pd.DataFrame
) -> None:
    larger = municipalities.assign(population=municipalities["population"] * 2)
    once, twice = (
        staff_by_municipality(bundle, table, on=ON).loc["5001", "fte"]
        for table in (municipalities, larger)
    )
    assert twice / once == pytest.approx(2 ** staff_formula(bundle).exponent)


def test_too_few_published_offices(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA.folder, folder)
    for table, kept in (("offices.csv", 3), ("office_members.csv", 3)):
        lines = (folder / table).read_text(encoding="utf-8").splitlines()
        (folder / table).write_text("\n".join([*lines[:kept], ""]), encoding="utf-8")
    seal(folder)
    with pytest.raises(DataError, match="2 offices have published staff"):
        staff_formula(Bundle(folder))


def test_employees_that_cannot_be_converted(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA.folder, folder)
    table = pd.read_csv(folder / "offices.csv", dtype=str)
    table.loc[table["fte"].notna(), "employees"] = pd.NA
    table.to_csv(folder / "offices.csv", index=False)
    seal(folder)
    with pytest.raises(DataError, match="employees: no office has both FTE and employees"):
        staff_formula(Bundle(folder))


def test_the_documented_fit_is_the_present_one(
    bundle: Bundle, municipalities: pd.DataFrame
) -> None:
    page = (DATA.folder.parent / "docs" / "staffing.md").read_text(encoding="utf-8")
    formula = staff_formula(bundle)
    assert f"fte = {formula.coefficient:.6f} × population^{formula.exponent:.3f}" in page
    assert f"R² = {formula.r2:.3f}" in page
    assert f"factor {formula.residual_factor:.2f}" in page
    ratios = leave_one_out(formula.points)
    names = read_offices(bundle)["name"]
    for office, point in formula.points.iterrows():
        row = f"| {names[office]} | {point['population']:.0f} | {point['fte']:.2f} |"
        assert row in page
        assert f"| {ratios[office]:.2f} |" in page
    total = staff_by_municipality(bundle, municipalities, on=date(2022, 1, 1))["fte"].sum()
    assert f"{round(total, -1):,.0f} FTE".replace(",", " ") in page
