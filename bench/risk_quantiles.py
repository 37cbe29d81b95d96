"""Compute the thresholds of the risk factors that are fifths of the country's municipalities.

    python bench/risk_quantiles.py [--write]

Every municipality counts once, with the figure of the group that serves it in today's plan, today's
network and the default parameters. Prints each factor's thresholds, and the share of municipalities
that has each likelihood by them. With --write they are put into data/risk_factors.yaml.
"""

from __future__ import annotations

import argparse
import datetime as dt
import math
import re
from collections.abc import Mapping

import numpy as np
import pandas as pd

from planner.assess.risk.measures import risk_measures
from planner.io.bundle import Bundle, seal
from planner.io.tables.assumptions import load_assumptions
from planner.io.tables.risk_factors import LIKELIHOODS, FactorMeasurement
from planner.model.country import Circumstances, load_country
from planner.model.instance import Instance
from planner.model.offices_in_force import offices_in_force
from planner.model.roads.changes import NetworkChanges
from planner.workspace import default_workspace

DATA = default_workspace().data

DIGITS = 3


#: The structure that the report of December 2017, whose factors these are, was about.
DATE = dt.date(2018, 1, 1)


def today(bundle: Bundle) -> Instance:
    """Return all municipalities, with today's plan as the baseline."""
    parameters = load_assumptions(bundle)
    defaults = {name: entry.default for name, entry in parameters.items()}
    country = load_country(bundle, Circumstances(DATE, NetworkChanges(), defaults))
    return country.region(
        list(country.municipalities.index),
        offices_in_force(bundle, DATE, defaults),
        own_figures={},
        regional_fte=0.0,
        assumption_ranges={},
    )


def figures(instance: Instance) -> pd.DataFrame:
    """Return the figure of every municipality's group; index ``code``, columns factor numbers.

    Only factors whose thresholds are fifths; NaN where the figure is not defined.
    """
    plan = instance.baseline
    measures = risk_measures(instance, plan)
    return pd.DataFrame(
        {
            number: [
                measures[measured.indicator].by_group[plan.host_of[code]]
                for code in plan.municipalities
            ]
            for number, measured in by_fifths(instance).items()
        },
        index=pd.Index(plan.municipalities, name="code"),
        dtype=float,
    )


def by_fifths(instance: Instance) -> dict[int, FactorMeasurement]:
    """Return how each factor is measured whose thresholds are fifths."""
    measured = {number: one.measured_by for number, one in instance.risk_factors.items()}
    return {
        number: one
        for number, one in measured.items()
        if one is not None and one.thresholds_from == "quantiles"
    }


def thresholds(values: pd.Series[float], worse: str) -> dict[int, float]:
    """Return likelihood -> figure beyond which a municipality is in that fifth, or a worse one.

    Rounded so that whoever has exactly the quantile is not beyond it.
    """
    higher = worse == "higher"
    shares = [(likelihood - 1) / 5 for likelihood in LIKELIHOODS]
    quantiles = np.nanquantile(values, shares if higher else [1 - share for share in shares])
    return {
        likelihood: rounded(float(quantile), up=higher)
        for likelihood, quantile in zip(LIKELIHOODS, quantiles, strict=True)
    }


def rounded(value: float, *, up: bool) -> float:
    """Round up or down to a few significant digits."""
    if value == 0:
        return 0.0
    decimals = DIGITS - 1 - math.floor(math.log10(abs(value)))
    exact = round(value * 10**decimals, 6)  # what is a round number but for its last bits
    return float(round((math.ceil(exact) if up else math.floor(exact)) / 10**decimals, 12))


def write(bundle: Bundle, found: Mapping[int, Mapping[int, float]]) -> None:
    """Put thresholds into the table of factors, everything else untouched, and seal it."""
    path = bundle.present("risk_factors")
    text = path.read_text(encoding="utf-8")
    for number, limits in found.items():
        written = ", ".join(f"{likelihood}: {limit:.12g}" for likelihood, limit in limits.items())
        section = re.compile(
            rf"(^{number}:\n(?:[ ].*\n)*?[ ]+likelihood_beyond: ){{.*}}", re.MULTILINE
        )
        text, count = section.subn(rf"\g<1>{{{written}}}", text)
        if count != 1:
            message = f"factor {number}: found {count} lines with likelihood_beyond, expected one"
            raise SystemExit(message)
    path.write_text(text, encoding="utf-8")
    seal(bundle.folder)


def main() -> None:
    """Compute, print, and write if asked to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="write data/risk_factors.yaml")
    options = parser.parse_args()
    bundle = DATA
    instance = today(bundle)
    table, measured = figures(instance), by_fifths(instance)
    found = {number: thresholds(table[number], one.worse) for number, one in measured.items()}
    for number, one in measured.items():
        own = one.model_copy(update={"likelihood_beyond": found[number]})
        shares = table[number].dropna().map(own.likelihood).value_counts(normalize=True)
        spread = " ".join(f"{shares.get(likelihood, 0):4.0%}" for likelihood in range(1, 6))
        changed = "" if found[number] == dict(one.likelihood_beyond) else "  (changed)"
        print(f"{number:2} {one.indicator:40} {found[number]}  {spread}{changed}")
    if options.write:
        write(bundle, found)


if __name__ == "__main__":
    main()
