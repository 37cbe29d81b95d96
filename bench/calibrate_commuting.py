"""Calibrate the gravity model on observed flows, leaving one region out at a time.

    python bench/calibrate_commuting.py FLOWS [--write]

FLOWS is Statistics Norway's table 03321 of 4th quarter 2022 in the municipalities of 2020-2023
(csv or csv.gz with the columns home, workplace, workers); it is no part of the project. Prints the
parameters fitted on the whole country with their range over the calibrations that left a region
out, and the common part of commuters of every region, out of sample. With --write the latter
goes to data/commuting_fit.csv; parameters are entered in data/assumptions.yaml by hand.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.optimize import minimize

from planner.io.bundle import seal
from planner.io.tables.assumptions import load_assumptions
from planner.io.tables.municipalities import read_municipalities
from planner.io.tables.roads import read_roads
from planner.model.commuting.gravity import GravityParameters, gravity_flows
from planner.model.roads.travel import road_network, travel_between
from planner.workspace import default_workspace

DATA = default_workspace().data

#: Links are those of the flows' quarter.
FLOWS_DATE = dt.date(2022, 11, 15)
START = GravityParameters(25.0, 0.05, 0.4, 2.8)
REGIONAL_COUNCILS = ["Hallingdal"]


@dataclass(frozen=True)
class Country:
    """What the model is calibrated on; all labelled by code, in one order."""

    observed: pd.DataFrame
    minutes: pd.DataFrame
    municipalities: pd.DataFrame

    @cached_property
    def regions(self) -> dict[str, np.ndarray]:
        """Name -> whether each municipality belongs to the region; counties of 2024 first."""
        table = self.municipalities
        regions = {str(name): table["county"] == name for name in sorted(table["county"].unique())}
        regions |= {name: table["regional_council"] == name for name in REGIONAL_COUNCILS}
        return {name: members.to_numpy(dtype=bool) for name, members in regions.items()}

    def modelled(self, parameters: GravityParameters) -> np.ndarray:
        """Return flows by the model, with the observed margins."""
        employed, jobs = self.observed.sum(axis=1), self.observed.sum(axis=0)
        return gravity_flows(employed, jobs, self.minutes, parameters).to_numpy()


def read_country(file: Path) -> Country:
    """Read flows and the shipped tables."""
    bundle = DATA
    municipalities = read_municipalities(bundle)
    codes = list(municipalities.index)
    flows = pd.read_csv(file, dtype={"home": str, "workplace": str})
    observed = flows.pivot_table(index="home", columns="workplace", values="workers", fill_value=0)
    values = {name: entry.default for name, entry in load_assumptions(bundle).items()}
    network = road_network(
        read_roads(bundle),
        on=FLOWS_DATE,
        assumptions=values,
    )
    return Country(
        observed.loc[codes, codes].astype(float),
        travel_between(network, codes).minutes,
        municipalities,
    )


def common_part(observed: np.ndarray, modelled: np.ndarray, pairs: np.ndarray) -> float:
    """Return the common part of commuters: 2 sum min(T, T') / (sum T + sum T'), 0-1.

    Source: Lenormand, Huet, Gargiulo and Deffuant (2012), A universal model of commuting
    networks, PLoS ONE 7.
    """
    both = 2 * np.minimum(observed, modelled)[pairs].sum()
    return float(both / (observed[pairs].sum() + modelled[pairs].sum()))


def pairs_of(members: np.ndarray) -> dict[str, np.ndarray]:
    """Return the pairs between two municipalities within a region, and with an end in it."""
    apart = ~np.eye(len(members), dtype=bool)
    within = members[:, None] & members[None, :] & apart
    from_or_to = (members[:, None] | members[None, :]) & apart
    return (
        {"within": within, "from or to": from_or_to} if within.any() else {"from or to": from_or_to}
    )


def agreement(country: Country, modelled: np.ndarray, left_out: np.ndarray | None) -> float:
    """Return what calibration maximises: the mean common part over counties.

    Flows within a county and flows from or to it count alike, so that Oslo does not decide what
    holds in Nordland. Flows with an end in the region left out do not count.
    """
    observed = country.observed.to_numpy()
    parts = []
    for name in country.municipalities["county"].unique():
        for pairs in pairs_of(country.regions[name]).values():
            if left_out is not None:
                pairs = pairs & ~(left_out[:, None] | left_out[None, :])  # noqa: PLW2901
            if pairs.any():
                parts.append(common_part(observed, modelled, pairs))
    return float(np.mean(parts))


def calibrated(
    country: Country, start: GravityParameters, left_out: np.ndarray | None = None
) -> GravityParameters:
    """Return the parameters with the best agreement; all are positive, so logarithms vary."""

    def badness(logarithms: np.ndarray) -> float:
        parameters = GravityParameters(*np.exp(logarithms))
        return -agreement(country, country.modelled(parameters), left_out)

    origin = np.log(astuple(start))
    simplex = np.vstack([origin, origin + 0.1 * np.eye(len(origin))])
    options = {"xatol": 2e-3, "fatol": 1e-5, "maxfev": 400, "initial_simplex": simplex}
    found = minimize(badness, origin, method="Nelder-Mead", options=options)
    return GravityParameters(*(float(value) for value in np.exp(found.x)))


def fits(country: Country, by_region: dict[str, GravityParameters]) -> Iterator[dict[str, object]]:
    """Yield the fit of every region by the parameters that were fitted without it."""
    observed = country.observed.to_numpy()
    counties = country.municipalities["county"].to_numpy(dtype=object)
    pooled = np.zeros_like(observed)
    for name, parameters in by_region.items():
        flows = country.modelled(parameters)
        for kind, pairs in pairs_of(country.regions[name]).items():
            yield _fit(name, kind, observed, flows, pairs)
        pooled[counties == name] = flows[counties == name]
    apart = ~np.eye(len(observed), dtype=bool)
    yield _fit("Norge", "between municipalities", observed, pooled, apart)
    yield _fit("Norge", "own municipality included", observed, pooled, apart | ~apart)
    yield _fit("Norge", "own municipality", observed, pooled, ~apart)


def _fit(
    region: str,
    kind: str,
    observed: np.ndarray,
    flows: np.ndarray,
    pairs: np.ndarray,
) -> dict[str, object]:
    return {
        "region": region,
        "flows": kind,
        "cpc": round(common_part(observed, flows, pairs), 3),
        "trips": int(observed[pairs].sum()),
    }


def main() -> None:
    """Calibrate, and report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("flows", type=Path, metavar="FLOWS")
    parser.add_argument("--write", action="store_true", help="write data/commuting_fit.csv")
    options = parser.parse_args()
    country = read_country(options.flows)
    best = calibrated(country, START)
    by_region = {}
    for name, members in country.regions.items():
        by_region[name] = calibrated(country, best, members)
        print(f"without {name}: {by_region[name]}", file=sys.stderr)
    for position, field in enumerate(fields(best)):
        found = [astuple(parameters)[position] for parameters in by_region.values()]
        print(f"gravity_{field.name}: {astuple(best)[position]:.4g}", end=" ")
        print(f"({min(found):.4g} to {max(found):.4g})")
    score = agreement(country, country.modelled(best), None)
    print(f"agreement on all counties, in sample: {score:.4f}")
    table = pd.DataFrame(fits(country, by_region))
    print(table.to_string(index=False))
    if options.write:
        table.to_csv(DATA.folder / "commuting_fit.csv", index=False, lineterminator="\n")
        seal(DATA.folder)


if __name__ == "__main__":
    main()
