"""Staff per municipality: published where an office's figure is known, else by a fitted formula."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - `date` names arguments

import numpy as np
import pandas as pd

from planner.errors import DataError, Fault
from planner.io.bundle import Bundle
from planner.io.tables.offices import read_office_members, read_offices

LEAST_FTE = 1.0
LEAST_POINTS = 3


@dataclass(frozen=True, eq=False)
class StaffFormula:
    """fte = coefficient * population ** exponent, never below 1 FTE.

    Attributes
    ----------
    coefficient, exponent : least squares of log(fte) on log(population).
    r2 : share of the variance of log(fte) that the formula explains.
    residual_factor : exp of the residual standard deviation (n - 2 degrees of freedom): about two
        offices in three lie within this factor of the formula.
    points : what it was fitted to; index ``office``, columns ``population`` (persons) and ``fte``.
    """

    coefficient: float
    exponent: float
    r2: float
    residual_factor: float
    points: pd.DataFrame

    def fte(self, population: pd.Series[float]) -> pd.Series[float]:
        """Estimate the staff that serve some inhabitants, FTE; labels are kept."""
        return (self.coefficient * population.astype(float) ** self.exponent).clip(lower=LEAST_FTE)


def fit_staff_formula(points: pd.DataFrame) -> StaffFormula:
    """Fit the formula to published offices by least squares in logarithms.

    Parameters
    ----------
    points : index ``office``; columns ``population`` (persons) and ``fte``, both above 0; at
        least three rows.
    """
    log_population = np.log(points["population"].to_numpy(float))
    log_fte = np.log(points["fte"].to_numpy(float))
    exponent, intercept = np.polyfit(log_population, log_fte, deg=1)
    residual_squares = float(((log_fte - intercept - exponent * log_population) ** 2).sum())
    squares = float(((log_fte - log_fte.mean()) ** 2).sum())
    return StaffFormula(
        coefficient=float(np.exp(intercept)),
        exponent=float(exponent),
        r2=1 - residual_squares / squares,
        residual_factor=float(np.exp(np.sqrt(residual_squares / (len(points) - 2)))),
        points=points,
    )


def staff_formula(bundle: Bundle) -> StaffFormula:
    """Fit the formula to every office of the bundle with published staff.

    Raises
    ------
    DataError : a table does not fit its schema, or fewer than three offices have published staff.
    """
    return fit_staff_formula(_published(bundle)[["population", "fte"]].astype(float))


def leave_one_out(points: pd.DataFrame) -> pd.Series[float]:
    """Return each office's estimate by a formula fitted to the others, over its published FTE.

    Returns
    -------
    Ratio, labelled as the points; 1.2 means that the others would have put it 20 % too high.
    """
    estimates = {
        office: fit_staff_formula(points.drop(index=office)).fte(points.loc[[office], "population"])
        for office in points.index
    }
    return pd.concat(list(estimates.values())) / points["fte"]


def staff_by_municipality(
    bundle: Bundle, municipalities: pd.DataFrame, *, on: Date
) -> pd.DataFrame:
    """Return the staff employed in each municipality.

    A published figure stands at the office's host, where the staff are employed, and the other
    municipalities that it covers have 0: it is never counted twice. Where figures overlap, that
    of the newest office holds. It holds on after the office was joined to another, until a newer
    figure covers its municipalities. All others are estimated from their own inhabitants.

    Parameters
    ----------
    bundle : folder of registered tables.
    municipalities : index ``code``; column ``population`` (persons).
    on : offices founded or extended later are left out.

    Returns
    -------
    Index as `municipalities`; columns ``fte`` and ``fte_provenance``: observed where FTE are
    published, estimated where only employees are, or nothing.

    Raises
    ------
    DataError : a table does not fit its schema, or too few offices have published staff.
    """
    published = _published(bundle)
    formula = fit_staff_formula(published[["population", "fte"]].astype(float))
    staff = pd.DataFrame(
        {
            "fte": formula.fte(municipalities["population"]),
            "fte_provenance": "estimated",
        },
        index=municipalities.index,
    )
    known = _published_staff(published, read_office_members(bundle), on)
    inside = known.index.intersection(staff.index)
    staff.loc[inside] = known.loc[inside]
    return staff


def _published(bundle: Bundle) -> pd.DataFrame:
    """Offices with published staff; employees are converted to FTE where no FTE are published."""
    offices = read_offices(bundle)
    both = offices[offices["fte"].notna() & offices["employees"].notna()]
    if both.empty:
        message = "no office has both FTE and employees. One is needed to convert the others."
        raise DataError([Fault(str(bundle.present("offices")), 0, "employees", message)])
    fte_per_employee = both["fte"].sum() / both["employees"].sum()
    offices["fte_provenance"] = np.where(offices["fte"].notna(), "observed", "estimated")
    offices["fte"] = offices["fte"].fillna(offices["employees"].astype(float) * fte_per_employee)
    published = offices[offices["fte"].notna()]
    if len(published) < LEAST_POINTS:
        message = (
            f"{len(published)} offices have published staff. "
            f"A formula for the others needs at least {LEAST_POINTS}."
        )
        raise DataError([Fault(str(bundle.present("offices")), 0, "fte", message)])
    return published


def _published_staff(published: pd.DataFrame, members: pd.DataFrame, on: Date) -> pd.DataFrame:
    """Staff of every municipality that a published figure covers; index ``code``."""
    day = pd.Timestamp(on)
    covered = members.groupby("office")["code"].agg(list)
    offices = published.sort_values("valid_from", ascending=False, kind="stable")
    later = set(offices.index[offices["valid_from"] > day])
    later |= set(members.loc[members["valid_from"] > day, "office"])
    standing = offices.drop(index=list(later & set(offices.index)))
    staff: dict[str, tuple[float, str]] = {}
    for office, host, fte, provenance in zip(
        standing.index,
        standing["host"],
        standing["fte"],
        standing["fte_provenance"],
        strict=True,
    ):
        codes = covered.loc[office]
        if staff.keys().isdisjoint(codes):
            staff |= dict.fromkeys(codes, (0.0, provenance)) | {host: (float(fte), provenance)}
    return pd.DataFrame.from_dict(staff, orient="index", columns=["fte", "fte_provenance"])
