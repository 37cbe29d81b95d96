"""Staff per municipality on a date: the state's and the municipalities' part, with a band."""

from __future__ import annotations

from datetime import date as Date  # noqa: N812 - `date` names arguments

import numpy as np
import pandas as pd

from planner.io.bundle import Bundle
from planner.io.tables.staff import PARTS, read_staff, read_staff_published

#: FTE of an employee: 40 employees in 36.35 FTE (Hallingdal report, December 2017).
FTE_PER_EMPLOYEE = 36.35 / 40
#: Standard deviations on either side that hold 80 % of a normal distribution.
NORMAL_80 = 1.2816
#: A published figure holds for dates at most so many years from it.
MOST_YEARS = 3


def staff_on(bundle: Bundle, population: pd.Series[float], on: Date) -> pd.DataFrame:
    """Return the staff that serve each municipality on a date.

    Every unit's staff are shared by its inhabitants among the municipalities that it serves, and
    follow their number to other years. Where a total was published within `MOST_YEARS` of the
    date, and no further from it than what the unit's figure rests on, it takes its place, shared
    alike.

    Parameters
    ----------
    bundle : folder of registered tables.
    population : inhabitants on the date by code, persons.
    on : date.

    Returns
    -------
    Index as `population`; columns ``fte``, ``state_fte``, ``municipal_fte``, ``fte_low`` and
    ``fte_high`` (80 % band of one office; missing where none is known), ``fte_year`` (of the
    oldest part), ``fte_provenance`` (observed where FTE are published for this municipality
    alone, else estimated).

    Raises
    ------
    DataError : a table does not fit its schema.
    """
    staff = _by_unit(bundle, population)
    for _, row in _published(bundle, on.year).iterrows():
        codes = row["codes"].split()
        if row["away"] <= (staff.loc[codes, "fte_year"] - on.year).abs().max():
            _put_published(staff, row, population[codes])
    return staff


def national_rates(bundle: Bundle) -> dict[str, float]:
    """Return FTE an inhabitant where a part's staff are modelled, by part: state, municipal."""
    staff = read_staff(bundle)
    rates = {}
    for part in ("state", "municipal"):
        rows = staff[staff[f"{part}_provenance"] == "modelled"]
        rates[part] = float(rows[f"{part}_fte"].sum() / rows["population"].sum())
    return rates


def typical_factor(bundle: Bundle) -> float:
    """Return the factor within which about two offices in three lie of their estimate.

    The median over units of what their 80 % bands say, taken as log-normal.
    """
    units = read_staff(bundle).dropna(subset=["total_low", "total_high"])
    return float(np.median(_factor(units["total_low"], units["total_high"])))


def own_factors(bundle: Bundle, codes: pd.Index[str]) -> pd.Series[float]:
    """Return each municipality's factor within which its staff lie in about two cases of three.

    By code; the typical one where no band is known.
    """
    units = read_staff(bundle)
    of_code = _with_bands(units, units.groupby("code")[["total_fte"]].sum())
    own = _factor(of_code["fte_low"], of_code["fte_high"]).reindex(codes)
    return own.fillna(typical_factor(bundle))


def _by_unit(bundle: Bundle, population: pd.Series[float]) -> pd.DataFrame:
    units = read_staff(bundle)
    units = units.assign(fte_year=units[["year", "municipal_year"]].min(axis="columns"))
    by_code = units.groupby("code")
    staff = by_code[[f"{part}_fte" for part in PARTS]].sum()
    followed = _with_bands(units, staff).mul(population / by_code["population"].sum(), axis="index")
    staff = followed.reindex(population.index)
    for part, rate in national_rates(bundle).items():
        staff[f"{part}_fte"] = staff[f"{part}_fte"].fillna(rate * population)
    staff["fte"] = staff["state_fte"] + staff["municipal_fte"]
    staff["fte_year"] = by_code["fte_year"].min().reindex(population.index)
    staff["fte_year"] = staff["fte_year"].fillna(units["year"].max()).astype(int)
    columns = ["fte", "state_fte", "municipal_fte", "fte_low", "fte_high", "fte_year"]
    return staff[columns].assign(fte_provenance="estimated")


def _with_bands(units: pd.DataFrame, staff: pd.DataFrame) -> pd.DataFrame:
    """Add the 80 % band of every municipality's units.

    Those of one city miss independently of each other: their bands are not simply added.
    """
    bands = {}
    for bound, sign in (("low", -1), ("high", 1)):
        away = (units[f"total_{bound}"] - units["total_fte"]) ** 2
        root = np.sqrt(away.groupby(units["code"]).sum(min_count=1))
        bands[f"fte_{bound}"] = staff["total_fte"] + sign * root
    return staff.assign(**bands)


def _factor(low: pd.Series[float], high: pd.Series[float]) -> pd.Series[float]:
    """Return what one standard deviation is, as a factor, in 80 % bands taken as log-normal."""
    return (high / low) ** (1 / (2 * NORMAL_80))


def _published(bundle: Bundle, year: int) -> pd.DataFrame:
    """Return the published figures that hold in a year; of one office, the nearest."""
    rows = read_staff_published(bundle).dropna(subset=["office", "codes"])
    rows = rows.assign(away=(rows["year"] - year).abs())
    nearest = rows[rows["away"] <= MOST_YEARS].sort_values(["away", "year"], kind="stable")
    return nearest.drop_duplicates("office")


def _put_published(staff: pd.DataFrame, row: pd.Series, population: pd.Series[float]) -> None:
    """Put a published figure in place, shared by inhabitants among those that it covers."""
    codes = population.index
    share = population / population.sum()
    in_fte = pd.notna(row["fte"])
    total = float(row["fte"] if in_fte else row["employees"] * FTE_PER_EMPLOYEE)
    state = row["state_fte"]
    if pd.isna(state):  # divided as the units' staff are
        parts = staff.loc[codes, ["state_fte", "municipal_fte"]].sum()
        state = total * parts["state_fte"] / parts.sum()
    staff.loc[codes, "fte"] = total * share
    staff.loc[codes, "state_fte"] = float(state) * share
    staff.loc[codes, "municipal_fte"] = (total - float(state)) * share
    staff.loc[codes, ["fte_low", "fte_high"]] = np.nan
    staff.loc[codes, "fte_year"] = int(row["year"])
    alone = in_fte and len(codes) == 1
    staff.loc[codes, "fte_provenance"] = "observed" if alone else "estimated"
