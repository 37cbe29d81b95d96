"""Who lives and works where: counted flows, the modelled rest, and what a changed network does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.io.bundle import Bundle
from planner.io.tables.commuting import (
    LEAST_FLOW,
    read_commuters,
    read_employment,
    read_large_flows,
)
from planner.model.commuting.gravity import GravityParameters, gravity_flows, shifted_flows
from planner.model.commuting.rest import completed_flows
from planner.model.instance import Travel
from planner.provenance import Provenance

#: Flows of which a larger share than this is modelled are called so.
MOST_MODELLED_SHARE = 0.1


@dataclass(frozen=True, eq=False)
class Commuters:
    """Flows between all municipalities, cell by cell counted or modelled.

    Attributes
    ----------
    flows : (n, n) employed persons; rows home, columns workplace.
    counted : (n, n) whether a flow was counted.
    year : that the flows are of.
    """

    flows: pd.DataFrame
    counted: pd.DataFrame
    year: int

    @property
    def margins(self) -> dict[str, pd.Series | Provenance]:
        """Employed residents and jobs as the flows have them, so that shares never exceed 1."""
        counted = bool(np.diag(self.counted).all())
        provenance: Provenance = "observed" if counted else "modelled"
        return {
            "employed_residents": self.flows.sum(axis="columns"),
            "employed_residents_provenance": provenance,
            "jobs": self.flows.sum(axis="index"),
            "jobs_provenance": provenance,
        }

    def provenance_among(self, codes: list[str]) -> Provenance:
        """Return what the flows between some municipalities rest on, persons counted alike."""
        flows = self.flows.loc[codes, codes].to_numpy(copy=True)
        np.fill_diagonal(flows, 0.0)
        modelled = float(flows[~self.counted.loc[codes, codes].to_numpy()].sum())
        return "modelled" if modelled > MOST_MODELLED_SHARE * flows.sum() else "observed"


def load_commuters(
    bundle: Bundle, before: Travel, after: Travel, assumptions: Mapping[str, float]
) -> Commuters:
    """Return the flows in a network: an imported table's, else the large ones with a modelled rest.

    Where neither is registered, all flows are modelled from employed residents and jobs. A changed
    network shifts flows by what the model says of it, and leaves none counted.

    Parameters
    ----------
    bundle : folder of registered tables.
    before, after : travel in the unchanged and in the scenario's network; the same if unchanged.
    assumptions : with the parameters of the gravity model.

    Raises
    ------
    DataError : a table is missing, changed or faulty.
    CommutingError : the figures do not fit together.
    """
    parameters = GravityParameters.from_assumptions(assumptions)
    found = _counted(bundle, before, parameters)
    if found is None:
        employment = read_employment(bundle)
        flows = gravity_flows(
            employment["employed_residents"], employment["jobs"], after.minutes, parameters
        )
        return Commuters(flows, flows < 0, int(employment["year"].max()))
    if after is before:
        return found
    residents, jobs = found.flows.sum(axis="columns"), found.flows.sum(axis="index")
    modelled = [
        gravity_flows(residents, jobs, travel.minutes, parameters) for travel in (before, after)
    ]
    shifted = shifted_flows(found.flows, *modelled)
    return Commuters(shifted, shifted < 0, found.year)


def _counted(bundle: Bundle, travel: Travel, parameters: GravityParameters) -> Commuters | None:
    """Return the flows that were counted, completed where only the large ones are known."""
    codes = list(travel.minutes.index)
    rows = read_commuters(bundle)
    if rows is not None:
        flows = _square(rows, codes).fillna(0.0)
        return Commuters(flows, flows >= 0, int(rows["year"].max()))
    large = read_large_flows(bundle)
    if large is None:
        return None
    employment, known = read_employment(bundle), _square(large, codes)
    flows = completed_flows(
        known,
        employment["employed_residents"],
        employment["jobs"],
        travel.minutes,
        parameters,
        below=LEAST_FLOW,
    )
    return Commuters(flows, known.notna(), int(large["year"].max()))


def _square(rows: pd.DataFrame, codes: list[str]) -> pd.DataFrame:
    flows = rows.pivot_table(index="home", columns="workplace", values="workers", aggfunc="sum")
    return flows.reindex(index=codes, columns=codes).astype(float)
